package com.clarifai.databricks.databricks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads secret scopes. Workspaces may refuse this from outside with {@link DatabricksException.Kind#INVALID}. */
public final class Secrets {

    private final WorkspaceClient client;

    public Secrets(WorkspaceClient client) {
        this.client = client;
    }

    public String get(String scope, String key) {
        WorkspaceRequest request = WorkspaceRequest.get("get secret " + scope + "/" + key, "/api/2.0/secrets/get")
                .withQuery("scope", scope)
                .withQuery("key", key);
        String value = Json.text(client.json(request), "value");
        if (value == null) {
            throw client.unusable(request, "the answer has no value");
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw client.unusable(request, "the value is not base64"); // its cause would quote the secret
        }
    }
}
