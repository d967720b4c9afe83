package com.clarifai.databricks.sandbox.s3;

import com.clarifai.databricks.sandbox.s3.Sessions.Session;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets into the bucket of the volumes only with the credentials of a session, which must not be over, and only to read
 * what lies below its prefix; and with these into no other bucket. Whoever knows that bucket's name can ask where it is,
 * and is told so with a refusal. The signature itself is checked by the store.
 *
 * <p>Source: <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>.
 */
record SessionGuard(Sessions sessions, HttpHandler next) implements HttpHandler {

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/\\s]+)/");

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Optional<Session> session = sessions.find(accessKey(exchange));
        ObjectPath path = ObjectPath.of(exchange);
        boolean ofVolumes = path.bucket().equals(Buckets.VOLUMES);
        Optional<S3Error> refusal = session.isPresent()
                ? refusal(exchange, session.get(), ofVolumes ? decoded(path.key()) : "")
                : Optional.of(S3Error.ACCESS_DENIED).filter(denied -> ofVolumes);
        if (refusal.isPresent()) {
            if (exchange.getRequestMethod().equals(Methods.HEAD)) {
                exchange.getResponseHeaders().put(RegionGuard.BUCKET_REGION, S3Server.REGION);
            }
            refusal.get().send(exchange);
        } else {
            next.handleRequest(exchange);
        }
    }

    private Optional<S3Error> refusal(HttpServerExchange exchange, Session session, String key) {
        if (!session.token().equals(token(exchange))) {
            return Optional.of(S3Error.INVALID_TOKEN);
        }
        if (sessions.isOver(session)) {
            return Optional.of(S3Error.EXPIRED_TOKEN);
        }
        boolean reading = exchange.getRequestMethod().equals(Methods.GET)
                || exchange.getRequestMethod().equals(Methods.HEAD);
        if (!reading || !key.startsWith(session.prefix())) {
            return Optional.of(S3Error.ACCESS_DENIED);
        }
        // to S3 these are names like any others, to the disk below the store they are not
        return Arrays.stream(key.split("/", -1)).anyMatch(name -> name.equals("..") || name.equals("."))
                ? Optional.of(S3Error.NO_SUCH_KEY)
                : Optional.empty();
    }

    private static String accessKey(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        Matcher matcher = ACCESS_KEY.matcher(header == null ? "" : header);
        return matcher.find()
                ? matcher.group(1)
                : query(exchange, "X-Amz-Credential").split("/")[0];
    }

    private static String token(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("x-amz-security-token");
        return header == null ? query(exchange, "X-Amz-Security-Token") : header;
    }

    /** The server leaves parameters as they came. */
    private static String query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? "" : decoded(values.getFirst());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
