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

    /** A user who has signed in with a browser, here or with the Databricks CLI. */
    String BROWSER = "databricks-cli";

    List<String> KINDS = List.of(ACCESS_TOKEN, SERVICE_PRINCIPAL, AZURE_SERVICE_PRINCIPAL, BROWSER);

    /** A personal access token, or any other bearer token, that is used as it is. */
    record AccessToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "AccessToken[]";
        }
    }

    /** A user whose tokens, from a sign-in with a browser, are in this cache. */
    record SignedInUser(TokenCache cache) implements Credentials {}

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
