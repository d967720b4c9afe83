package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.stream.Stream;

/** Lets only requests through that carry a valid access token; the answers to them tell the workspace's id. */
final class BearerAuth implements HttpHandler {

    static final String ORG_ID = "1234567890123456";

    private static final String SCHEME = "Bearer ";
    private static final HttpString ORG_ID_HEADER = new HttpString("X-Databricks-Org-Id");
    private static final HttpString WORKSPACE_ID_HEADER = new HttpString("X-Databricks-Workspace-Id");

    private final AccessTokens tokens;
    private final Switches switches;
    private final HttpHandler next;

    BearerAuth(AccessTokens tokens, Switches switches, HttpHandler next) {
        this.tokens = tokens;
        this.switches = switches;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ApiError.unauthenticated("Credential was not sent or was of an unsupported type for this API.");
        }
        if (switches.unifiedHost() && !namesWorkspace(exchange)) {
            throw new ApiError(400, "BAD_REQUEST", "The request does not say which workspace of this host it is for.");
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

    /** Newer clients use the one header, older ones the other. */
    private static boolean namesWorkspace(HttpServerExchange exchange) {
        return Stream.of(WORKSPACE_ID_HEADER, ORG_ID_HEADER)
                .anyMatch(header -> ORG_ID.equals(exchange.getRequestHeaders().getFirst(header)));
    }
}
