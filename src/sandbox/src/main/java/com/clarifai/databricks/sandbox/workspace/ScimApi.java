package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Rights;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Who the token belongs to. */
final class ScimApi {

    static final String USER_NAME = Rights.OWNER;

    void register(Routes routes) {
        routes.add("GET", "/api/2.0/preview/scim/v2/Me", "scim:me", this::me);
    }

    private void me(HttpServerExchange exchange) throws IOException {
        Json.send(
                exchange,
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
                        "id",
                        "1000000000000001",
                        "userName",
                        USER_NAME,
                        "displayName",
                        "Sandbox User",
                        "active",
                        true,
                        "emails",
                        List.of(Map.of("type", "work", "value", USER_NAME, "primary", true))));
    }
}
