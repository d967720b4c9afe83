package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/** Lets only requests through that carry a valid access token; the answers to them tell the workspace's id. */
final class BearerAuth implements HttpHandler {

    static final String ORG_ID = "1234567890123456";

    private static final String SCHEME = "Bearer ";
    private static final HttpString ORG_ID_HEADER = new HttpString("X-Databricks-Org-Id");

    private final AccessTokens tokens;
    private final HttpHandler next;

    BearerAuth(AccessTokens tokens, HttpHandler next) {
        this.tokens = tokens;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ApiError.unauthenticated("Credential was not sent or was of an unsupported type for this API.");
        }
        switch (tokens.judge(header.substring(SCHEME.length()).trim())) {
            case UNKNOWN -> throw ApiError.unauthenticated("Invalid access token.");
            case EXPIRED -> throw ApiError.forbidden("Invalid access token.");
            case VALID -> {
                exchange.getResponseHeaders().put(ORG_ID_HEADER, ORG_ID);
                next.handleRequest(exchange);
            }
        }
    }
}
