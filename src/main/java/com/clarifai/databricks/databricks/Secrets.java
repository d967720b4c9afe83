package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads secret scopes. Values never show in messages. */
public final class Secrets {

    private static final String API = "/api/2.0/secrets";

    private final WorkspaceClient client;

    public Secrets(WorkspaceClient client) {
        this.client = client;
    }

    public String get(String scope, String key) {
        return get(scope, List.of(key));
    }

    /**
     * The secret under the first of these keys that is there.
     *
     * @throws DatabricksException saying whether the scope, the keys or the right are missing, with the command that
     *     changes it
     */
    public String get(String scope, List<String> keys) {
        DatabricksException missing = null;
        for (String key : keys) {
            try {
                return value(scope, key);
            } catch (DatabricksException e) {
                missing = missing == null ? e : missing;
                if (e.kind() != Kind.NOT_FOUND) {
                    throw explained(e, scope, keys);
                }
            }
        }
        throw explained(missing, scope, keys);
    }

    private String value(String scope, String key) {
        WorkspaceRequest request = WorkspaceRequest.get(WorkspaceCall.GET_SECRET, scope + "/" + key, API + "/get")
                .withQuery("scope", scope)
                .withQuery("key", key);
        String value = ApiJson.text(client.json(request), "value");
        if (value == null) {
            throw client.unusable(request, "the answer has no value");
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw client.unusable(request, "the value is not base64"); // its cause would quote the secret
        }
    }

    private DatabricksException explained(DatabricksException failure, String scope, List<String> keys) {
        String put = "databricks secrets put-secret " + scope + " " + keys.get(0);
        return switch (failure.kind()) {
            case NOT_FOUND ->
                keysOf(scope)
                        .map(there -> failure.explained("the secret scope '" + scope + "' has no key '"
                                + String.join("' or '", keys) + "'" + there + "; make it: " + put))
                        .orElseGet(() -> failure.explained("there is no secret scope '" + scope
                                + "'; make it: databricks secrets create-scope " + scope + " && " + put));
            case PERMISSION_DENIED ->
                failure.explained("the secret scope '" + scope
                        + "' may not be read; ask its owner to allow it: databricks secrets put-acl " + scope
                        + " <user or application id> READ");
            case INVALID ->
                failure.explained("the workspace does not give the secret " + scope + "/" + keys.get(0)
                        + " to programs outside it");
            default -> failure;
        };
    }

    /** The keys in words, which are not secret; nothing when there is no such scope. */
    private Optional<String> keysOf(String scope) {
        try {
            String names = ApiJson.objects(
                            client.json(WorkspaceRequest.get(WorkspaceCall.LIST_SECRETS, scope, API + "/list")
                                    .withQuery("scope", scope)),
                            "secrets")
                    .stream()
                    .map(secret -> ApiJson.text(secret, "key"))
                    .collect(Collectors.joining(", "));
            return Optional.of(names.isEmpty() ? " (it is empty)" : " (it has " + names + ")");
        } catch (DatabricksException e) {
            return e.kind() == Kind.NOT_FOUND ? Optional.empty() : Optional.of("");
        }
    }
}
