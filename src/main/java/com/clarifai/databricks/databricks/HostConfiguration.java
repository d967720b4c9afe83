package com.clarifai.databricks.databricks;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a host tells everybody of itself, at {@code /.well-known/databricks-config}; the Databricks SDKs read it, too.
 *
 * @param oidcEndpoint below which tokens are given out; may have {@code {account_id}} in it
 * @param workspaceId number of the workspace, where the host has only one
 * @param hostType such as {@code workspace} or {@code unified}
 */
record HostConfiguration(String oidcEndpoint, String accountId, String workspaceId, String hostType) {

    private static final String PATH = "/.well-known/databricks-config";
    private static final String ACCOUNT_ID = "{account_id}";

    /** @throws DatabricksException when it tells nothing */
    static HostConfiguration of(WorkspaceClient client) {
        Map<String, Object> told = client.json(WorkspaceRequest.get(WorkspaceCall.GET_CONFIGURATION, "", PATH));
        return new HostConfiguration(
                ApiJson.text(told, "oidc_endpoint"),
                ApiJson.text(told, "account_id"),
                ApiJson.text(told, "workspace_id"),
                ApiJson.text(told, "host_type"));
    }

    /** Whether the host has several workspaces, so that each call has to say which it is for. */
    boolean isUnified() {
        return hostType == null
                ? workspaceId == null && oidcEndpoint != null && oidcEndpoint.contains("/accounts/")
                : hostType.toLowerCase(Locale.ROOT).contains("unified");
    }

    /**
     * Below which tokens are given out.
     *
     * @param host that has told it: secrets do not leave TLS because of what it says
     */
    Optional<URI> issuer(URI host) {
        if (oidcEndpoint == null || oidcEndpoint.contains(ACCOUNT_ID) && accountId == null) {
            return Optional.empty();
        }
        String issuer = oidcEndpoint.replace(ACCOUNT_ID, String.valueOf(accountId));
        return TokenEndpoint.safe(issuer.replaceAll("/+$", ""), host);
    }
}
