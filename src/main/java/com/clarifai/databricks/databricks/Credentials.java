package com.clarifai.databricks.databricks;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** As whom a workspace is called. Never shows its secret. */
public sealed interface Credentials {

    /** The kinds by the names that Databricks tools give them ({@code auth_type}). */
    String ACCESS_TOKEN = "pat";

    String SERVICE_PRINCIPAL = "oauth-m2m";

    String AZURE_SERVICE_PRINCIPAL = "azure-client-secret";

    List<String> KINDS = List.of(ACCESS_TOKEN, SERVICE_PRINCIPAL, AZURE_SERVICE_PRINCIPAL);

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

    /**
     * The credentials that these settings make; null and blank ones are not set.
     *
     * @param authType one of the kinds above, needed only where the settings would make several
     * @param azureLoginUrl where Entra ID gives out tokens, if not at the usual place for this host
     * @throws IllegalArgumentException naming what is missing or too much
     */
    static Credentials of(
            String host,
            String authType,
            String token,
            String clientId,
            String clientSecret,
            String azureTenantId,
            String azureLoginUrl) {
        boolean hasToken = isSet(token);
        boolean hasClient = isSet(clientId);
        if (!isSet(authType) && hasToken && hasClient) {
            throw new IllegalArgumentException("both databricks.token and databricks.client-id are set: say with"
                    + " databricks.auth-type which to use: " + String.join(", ", KINDS));
        }
        String kind = isSet(authType)
                ? authType.strip()
                : !hasClient ? ACCESS_TOKEN : isSet(azureTenantId) ? AZURE_SERVICE_PRINCIPAL : SERVICE_PRINCIPAL;
        return switch (kind) {
            case ACCESS_TOKEN -> new AccessToken(token);
            case SERVICE_PRINCIPAL ->
                new ServicePrincipal(
                        required("databricks.client-id", clientId), required("databricks.client-secret", clientSecret));
            case AZURE_SERVICE_PRINCIPAL ->
                new AzureServicePrincipal(
                        isSet(azureLoginUrl)
                                ? WorkspaceSettings.parseHost(azureLoginUrl)
                                : AzureServicePrincipal.loginFor(WorkspaceSettings.parseHost(host)),
                        required("databricks.azure-tenant-id", azureTenantId),
                        required("databricks.client-id", clientId),
                        required("databricks.client-secret", clientSecret));
            default ->
                throw new IllegalArgumentException(
                        "databricks.auth-type is '" + kind + "'; supported are " + String.join(", ", KINDS));
        };
    }

    private static String required(String setting, String value) {
        if (!isSet(value)) {
            throw new IllegalArgumentException(setting + " is not set");
        }
        return value.strip();
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
