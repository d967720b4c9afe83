package com.clarifai.databricks.sandbox.s3;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests signed for another region than the buckets', as S3 does: {@code 400 AuthorizationHeaderMalformed} with
 * the right one, {@code 301} for the {@code HEAD} of a bucket, and the header {@code x-amz-bucket-region} on both. Requests that belong to no
 * region are let through: a list of the buckets, the question where a bucket is, and old signatures.
 *
 * <p>Source: <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a> and
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>.
 */
final class RegionGuard implements HttpHandler {

    static final HttpString BUCKET_REGION = new HttpString("x-amz-bucket-region");
    private static final Pattern SCOPE = Pattern.compile("[^/\\s]+/\\d{8}/(?<region>[^/]+)/s3/aws4_request");

    private final String region;
    private final HttpHandler next;

    RegionGuard(String region, HttpHandler next) {
        this.region = region;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        ObjectPath path = ObjectPath.of(exchange);
        boolean head = exchange.getRequestMethod().equals(Methods.HEAD);
        if (path.bucket().isEmpty() || exchange.getQueryParameters().containsKey("location")) {
            next.handleRequest(exchange);
            return;
        }
        if (head) {
            exchange.addResponseCommitListener(
                    answer -> answer.getResponseHeaders().put(BUCKET_REGION, region));
        }
        Optional<S3Error> refusal = head && path.key().isEmpty()
                ? signedFor(header(exchange)).map(other -> S3Error.PERMANENT_REDIRECT)
                : signedFor(header(exchange))
                        .map(other -> S3Error.malformedHeader(other, region))
                        .or(() -> signedFor(query(exchange)).map(other -> S3Error.malformedQuery(other, region)));
        if (refusal.isPresent()) {
            exchange.getResponseHeaders().put(BUCKET_REGION, region);
            refusal.get().send(exchange);
        } else {
            next.handleRequest(exchange);
        }
    }

    /** The region of the credential's scope, if it is another one. */
    private Optional<String> signedFor(String credential) {
        Matcher scope = SCOPE.matcher(credential);
        return scope.find()
                ? Optional.of(scope.group("region")).filter(other -> !other.equals(region))
                : Optional.empty();
    }

    private static String header(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))
                .orElse("");
    }

    /** Of a presigned URL. */
    private static String query(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getQueryParameters().get("X-Amz-Credential"))
                .map(values -> values.getFirst().replace("%2F", "/"))
                .orElse("");
    }
}
