package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One secret, the Clarifai token: scope {@code clarifai}, key {@code CLARIFAI_PAT}. */
final class SecretsApi {

    static final String SCOPE = "clarifai";
    static final String KEY = "CLARIFAI_PAT";
    private static final String SECRETS = "/api/2.0/secrets";

    private final String pat;
    private final long updatedAt = System.currentTimeMillis();

    SecretsApi(String pat) {
        this.pat = pat;
    }

    void register(Routes routes) {
        routes.add("GET", SECRETS + "/scopes/list", "secrets:scopes", this::scopes)
                .add("GET", SECRETS + "/list", "secrets:list", this::list)
                .add("GET", SECRETS + "/get", "secrets:get", this::get);
    }

    private void scopes(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, Map.of("scopes", List.of(Map.of("name", SCOPE, "backend_type", "DATABRICKS"))));
    }

    private void list(HttpServerExchange exchange) throws IOException {
        requireScope(exchange);
        Json.send(exchange, Map.of("secrets", List.of(Map.of("key", KEY, "last_updated_timestamp", updatedAt))));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        String scope = requireScope(exchange);
        String key = Parameters.of(exchange).require("key");
        if (!key.equals(KEY)) {
            throw missing("Secret does not exist with scope: " + scope + " and key: " + key);
        }
        String value = Base64.getEncoder().encodeToString(pat.getBytes(StandardCharsets.UTF_8));
        Json.send(exchange, Map.of("key", key, "value", value));
    }

    private static String requireScope(HttpServerExchange exchange) {
        String scope = Parameters.of(exchange).require("scope");
        if (!scope.equals(SCOPE)) {
            throw missing("Scope " + scope + " does not exist!");
        }
        return scope;
    }

    private static ApiError missing(String message) {
        return new ApiError(404, "RESOURCE_DOES_NOT_EXIST", message);
    }
}
