package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets only requests through that carry the workspace token. */
final class BearerAuth implements HttpHandler {

    private static final String SCHEME = "Bearer ";

    private final byte[] token;
    private final HttpHandler next;

    BearerAuth(String token, HttpHandler next) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ApiError.unauthenticated("Credential was not sent or was of an unsupported type for this API.");
        }
        byte[] sent = header.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(sent, token)) {
            throw ApiError.unauthenticated("Invalid access token.");
        }
        next.handleRequest(exchange);
    }
}
