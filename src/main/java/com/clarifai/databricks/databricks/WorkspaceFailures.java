package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.DatabricksException.Retry;
import com.clarifai.databricks.databricks.DatabricksException.Told;
import com.clarifai.databricks.http.RetryAfter;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxyServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Turns what went wrong with a call into a {@link DatabricksException} that names it and says whether to retry. */
final class WorkspaceFailures {

    private static final Set<Integer> RETRIED = Set.of(408, 429, 502, 503, 504);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
    /** The errors of OAuth (RFC 6749, 5.2) that say that the client, not the request, is wrong. */
    private static final Set<String> REFUSED_CLIENT = Set.of("invalid_client", "unauthorized_client", "invalid_grant");

    private static final int MAX_DETAIL = 400;
    private static final Pattern HTML_TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");

    private final URI host;
    private final Optional<ProxyServer> proxy;
    private final Timekeeper time;

    WorkspaceFailures(URI host, OutgoingProxy proxy, Timekeeper time) {
        this.host = host;
        this.proxy = proxy.to(host);
        this.time = time;
    }

    /** @param secret the token that was sent, which some answers repeat */
    DatabricksException answered(
            WorkspaceRequest request, WorkspaceResponse response, byte[] body, Optional<String> secret) {
        int status = response.status();
        Optional<ProxyException> proxys = ProxyException.in(status, proxy, host);
        if (proxys.isPresent()) {
            return unreachable(request, proxys.get());
        }
        Map<String, Object> json = json(body);
        if (status == 404 && isPage(body)) {
            // Databricks says in JSON what is not there
            return unreachable(request, "it answers with 404, " + page(status, response, body), null, Retry.NEVER);
        }
        String errorCode = errorCode(json);
        String said = json.isEmpty() ? page(status, response, body) : detail(json);
        String detail =
                shortened(secret.map(known -> said.replace(known, "***")).orElse(said));
        String requestId = Optional.ofNullable(requestId(json))
                .or(() -> response.header("x-request-id"))
                .orElse(null);
        String reason = reason(json);
        String message = request.what() + " at " + host + ": " + status
                + (errorCode == null || errorCode.equals(String.valueOf(status)) ? "" : " " + errorCode)
                + (reason == null || reason.equals(errorCode) ? "" : " " + reason)
                + (detail.isBlank() ? "" : ": " + detail)
                + (requestId == null ? "" : " (request id " + requestId + ")");
        return new DatabricksException(
                kind(
                        status,
                        Stream.of(errorCode, reason).filter(Objects::nonNull).toList(),
                        detail),
                request.call(),
                new Told(status, errorCode, reason, requestId),
                oneLine(message),
                null,
                retries(request, status) ? Retry.WITHIN_BUDGET : Retry.NEVER,
                response.header(RetryAfter.HEADER)
                        .flatMap(value -> RetryAfter.parse(value, time.now()))
                        .orElse(null));
    }

    DatabricksException unanswered(WorkspaceRequest request, IOException cause) {
        Optional<ProxyException> proxys = ProxyException.in(cause, proxy, host);
        if (proxys.isPresent()) {
            return unreachable(request, proxys.get());
        }
        Retry repeatable = request.idempotent() ? Retry.WITHIN_BUDGET : Retry.NEVER;
        if (caused(cause, UnresolvedAddressException.class) || caused(cause, UnknownHostException.class)) {
            return unreachable(request, "unknown host", cause, Retry.NEVER);
        }
        if (caused(cause, SSLHandshakeException.class) || caused(cause, SSLPeerUnverifiedException.class)) {
            return unreachable(request, "TLS handshake failed: " + cause.getMessage(), cause, Retry.NEVER);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return unreachable(request, "no connection in time", cause, Retry.BRIEFLY);
        }
        if (cause instanceof ConnectException) {
            return unreachable(request, "connection refused", cause, Retry.BRIEFLY);
        }
        if (cause instanceof SSLException) {
            return unreachable(request, "TLS failed: " + cause.getMessage(), cause, Retry.BRIEFLY);
        }
        if (cause instanceof HttpTimeoutException) {
            return unreachable(request, "no answer in time", cause, repeatable);
        }
        return unreachable(request, "connection broken: " + cause.getMessage(), cause, repeatable);
    }

    private DatabricksException unreachable(WorkspaceRequest request, ProxyException proxys) {
        return unreachable(request, proxys.getMessage(), proxys, proxys.isPassing() ? Retry.BRIEFLY : Retry.NEVER);
    }

    private DatabricksException unreachable(WorkspaceRequest request, String why, IOException cause, Retry retry) {
        return new DatabricksException(
                Kind.UNREACHABLE,
                request.call(),
                oneLine(request.what() + ": " + host + " unreachable, " + why),
                cause,
                retry);
    }

    /** The answer arrived whole and well, but says nothing that can be used. */
    DatabricksException unusable(WorkspaceRequest request, String why) {
        return new DatabricksException(
                Kind.INTERNAL, request.call(), oneLine(request.what() + " at " + host + ": " + why));
    }

    private static boolean retries(WorkspaceRequest request, int status) {
        return RETRIED.contains(status) || status == 500 && SAFE_METHODS.contains(request.method());
    }

    /** @param codes what the service calls the error, in general and in particular */
    private static Kind kind(int status, List<String> codes, String detail) {
        if (any(codes, ".*_CREDENTIALS_DENIED")) {
            // with status 401, although the token is right: the metastore allows no external access
            return Kind.PERMISSION_DENIED;
        }
        if (status == 401
                || status == 403 && detail.contains("Invalid access token")
                || codes.stream().anyMatch(REFUSED_CLIENT::contains)) {
            return Kind.UNAUTHENTICATED;
        }
        if (status != 429 && any(codes, ".*QUOTA_EXCEEDED.*|RESOURCE_LIMIT_EXCEEDED")) {
            return Kind.QUOTA_EXCEEDED;
        }
        if (status == 403 || status / 100 == 3 || codes.contains("PERMISSION_DENIED")) {
            return Kind.PERMISSION_DENIED;
        }
        if (status == 404 || any(codes, ".*(DOES_NOT_EXIST|NOT_FOUND)")) {
            return Kind.NOT_FOUND;
        }
        if (status == 409 || any(codes, ".*ALREADY_EXISTS")) {
            return Kind.ALREADY_EXISTS;
        }
        if (status == 429) {
            return Kind.THROTTLED;
        }
        return status / 100 == 4 && status != 408 ? Kind.INVALID : Kind.INTERNAL;
    }

    private static boolean any(List<String> codes, String pattern) {
        return codes.stream().anyMatch(code -> code.matches(pattern));
    }

    private static Map<String, Object> json(byte[] body) {
        try {
            return body.length > 0 && body[0] == '{' ? JsonText.object(body) : Map.of();
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    /** OAuth names its codes {@code error}. */
    private static String errorCode(Map<String, Object> json) {
        return Optional.ofNullable(ApiJson.text(json, "error_code")).orElseGet(() -> ApiJson.text(json, "error"));
    }

    /** SCIM calls its messages {@code detail}, OAuth {@code error_description}. */
    private static String detail(Map<String, Object> json) {
        return Stream.of("message", "detail", "error_description")
                .map(name -> ApiJson.text(json, name))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String requestId(Map<String, Object> json) {
        return detail(json, "RequestInfo", "request_id");
    }

    private static String reason(Map<String, Object> json) {
        return detail(json, "ErrorInfo", "reason");
    }

    /** A field of the first such detail; the types are those of {@code google.rpc}. */
    private static String detail(Map<String, Object> json, String type, String field) {
        return ApiJson.objects(json, "details").stream()
                .filter(detail -> String.valueOf(detail.get("@type")).endsWith(type))
                .map(detail -> ApiJson.text(detail, field))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Proxies, login pages and IP access lists answer in HTML or by a redirect. */
    private static String page(int status, WorkspaceResponse response, byte[] body) {
        if (status / 100 == 3) {
            return "redirected to "
                    + response.header("Location")
                            .map(WorkspaceFailures::withoutQuery)
                            .orElse("nowhere")
                    + "; an IP access list, a private link or a wrong host can cause this";
        }
        String text = new String(body, StandardCharsets.UTF_8);
        Matcher title = HTML_TITLE.matcher(text);
        if (title.find()) {
            return "a web page, '" + title.group(1).strip() + "'";
        }
        return isPage(body) ? "a web page" : text.strip();
    }

    private static boolean isPage(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).stripLeading().startsWith("<");
    }

    private static String withoutQuery(String location) {
        return location.split("[?#;]", 2)[0];
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "…";
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }
}
