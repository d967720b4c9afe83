package com.clarifai.databricks.databricks;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** As whom a workspace is called, see {@link WorkspaceConnection}. Never shows its secret. */
public sealed interface Credentials {

    /** The kinds by the names that Databricks tools give them ({@code auth_type}). */
    String ACCESS_TOKEN = "pat";

    String SERVICE_PRINCIPAL = "oauth-m2m";

    String AZURE_SERVICE_PRINCIPAL = "azure-client-secret";

    List<String> KINDS = List.of(ACCESS_TOKEN, SERVICE_PRINCIPAL, AZURE_SERVICE_PRINCIPAL);

    /**
     * The kind that settings make; null and blank ones are not set.
     *
     * @throws IllegalArgumentException when there is no such kind, or when they would make several
     */
    static String kind(String authType, String token, String clientId, String azureTenantId) {
        if (isSet(authType)) {
            String kind = authType.strip();
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException(
                        "databricks.auth-type (DATABRICKS_AUTH_TYPE, auth_type in a profile) is '" + kind
                                + "'; supported are " + String.join(", ", KINDS));
            }
            return kind;
        }
        if (!isSet(clientId)) {
            return ACCESS_TOKEN;
        }
        if (isSet(token)) {
            throw new IllegalArgumentException(
                    "both databricks.token and databricks.client-id are set: leave out one, or say with"
                            + " databricks.auth-type (DATABRICKS_AUTH_TYPE) which to use: " + String.join(", ", KINDS));
        }
        return isSet(azureTenantId) ? AZURE_SERVICE_PRINCIPAL : SERVICE_PRINCIPAL;
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    /** A personal access token, or any other bearer token, that is used as it is. */
    record AccessToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "AccessToken[]";
        }
    }

    /** A service principal of the workspace, with an OAuth secret. */
    record ServicePrincipal(String clientId, String clientSecret) implements Credentials {
        @Override
        public String toString() {
            return "ServicePrincipal[clientId=" + clientId + "]";
        }
    }

    /**
     * A service principal of Microsoft Entra ID that is a user of the workspace.
     *
     * @param login where Entra ID gives out tokens; the national clouds have their own
     */
    record AzureServicePrincipal(URI login, String tenantId, String clientId, String clientSecret)
            implements Credentials {

        static URI loginFor(URI workspace) {
            String host = Objects.requireNonNullElse(workspace.getHost(), "");
            if (host.endsWith(".azure.us")) {
                return URI.create("https://login.microsoftonline.us");
            }
            if (host.endsWith(".azure.cn")) {
                return URI.create("https://login.chinacloudapi.cn");
            }
            return URI.create("https://login.microsoftonline.com");
        }

        @Override
        public String toString() {
            return "AzureServicePrincipal[tenantId=" + tenantId + ", clientId=" + clientId + "]";
        }
    }
}
