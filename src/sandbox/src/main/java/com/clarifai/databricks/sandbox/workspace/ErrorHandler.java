package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a handler throws into an error body, and gives each answer its {@code x-request-id}. */
final class ErrorHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);
    private static final HttpString REQUEST_ID = new HttpString("x-request-id");

    private final HttpHandler next;

    ErrorHandler(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String requestId = UUID.randomUUID().toString();
        exchange.getResponseHeaders().put(REQUEST_ID, requestId);
        try {
            next.handleRequest(exchange);
        } catch (ApiError e) {
            send(exchange, e, requestId);
        } catch (RequestTooBigException e) {
            send(exchange, new ApiError(413, "MAX_REQUEST_SIZE_EXCEEDED", "The request body is too large."), requestId);
        } catch (FileSystemException | RuntimeException e) {
            LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            send(exchange, new ApiError(500, "INTERNAL_ERROR", e.toString()), requestId);
        } catch (IOException e) {
            LOG.debug("{} {}: the client went away", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            exchange.getConnection().close();
        }
    }

    private static void send(HttpServerExchange exchange, ApiError error, String requestId) throws IOException {
        if (exchange.isResponseStarted()) {
            exchange.getConnection().close();
            return;
        }
        exchange.getResponseHeaders().remove(Headers.CONTENT_LENGTH);
        if (error.retryAfter() != null) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, error.retryAfter());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error_code", error.code());
        if (error.code() instanceof Integer) {
            body.put("message", error.getMessage() + " [ReqId: " + requestId + "]");
        } else {
            body.put("message", error.getMessage());
            body.put("details", List.of(errorInfo(exchange, error), requestInfo(requestId)));
        }
        Json.send(exchange, error.status(), body);
    }

    private static Map<String, Object> errorInfo(HttpServerExchange exchange, ApiError error) {
        String[] path = exchange.getRequestPath().split("/");
        String area = path.length > 3 ? path[3] : "api";
        return Map.of(
                "@type",
                "type.googleapis.com/google.rpc.ErrorInfo",
                "reason",
                error.reason(),
                "domain",
                (area.equals("fs") ? "filesystem" : area) + ".databricks.com",
                "metadata",
                Map.of());
    }

    private static Map<String, Object> requestInfo(String requestId) {
        return Map.of(
                "@type", "type.googleapis.com/google.rpc.RequestInfo", "request_id", requestId, "serving_data", "");
    }
}
