package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.Credentials.AccessToken;
import com.clarifai.databricks.databricks.Credentials.AzureServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import com.clarifai.databricks.proxy.ProxySettings;
import java.nio.file.Path;

/**
 * Which workspace is called, as whom, whom it trusts and through which proxy: texts as people set them, by the names of the settings
 * ({@code databricks.client-id} is {@code clientId}). Null and blank ones are not set. Everything that calls a workspace
 * is made of one of these.
 */
public final class WorkspaceConnection {

    private String host;
    private String workspaceId;
    private String authType;
    private String token;
    private String clientId;
    private String clientSecret;
    private String azureTenantId;
    private String azureLoginUrl;
    private String caFile;
    private ProxySettings proxy;

    /**
     * How the workspace is called, with the usual patience.
     *
     * @throws IllegalArgumentException naming the setting that is missing, too much or wrong
     */
    public WorkspaceSettings settings() {
        return WorkspaceSettings.of(WorkspaceAddress.parse(host).withId(workspaceId), credentials())
                .withCaFile(isSet(caFile) ? Path.of(caFile) : null)
                .withProxy((proxy == null ? new ProxySettings() : proxy).proxy());
    }

    /** @throws IllegalArgumentException naming what is missing or too much */
    Credentials credentials() {
        return switch (Credentials.kind(authType, token, clientId, azureTenantId)) {
            case Credentials.ACCESS_TOKEN -> new AccessToken(token);
            case Credentials.SERVICE_PRINCIPAL ->
                new ServicePrincipal(
                        required("databricks.client-id", clientId), required("databricks.client-secret", clientSecret));
            case Credentials.AZURE_SERVICE_PRINCIPAL ->
                new AzureServicePrincipal(
                        isSet(azureLoginUrl)
                                ? WorkspaceAddress.parse(azureLoginUrl).host()
                                : AzureServicePrincipal.loginFor(
                                        WorkspaceAddress.parse(host).host()),
                        required("databricks.azure-tenant-id", azureTenantId),
                        required("databricks.client-id", clientId),
                        required("databricks.client-secret", clientSecret));
            default -> throw new IllegalStateException();
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

    /** Workspace URL, also as pasted from a browser; without a scheme, https. */
    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    /** Which workspace of the host is meant, where it has several; a pasted URL may tell it as well. */
    public String getWorkspaceId() {
        return workspaceId;
    }

    public void setWorkspaceId(String workspaceId) {
        this.workspaceId = workspaceId;
    }

    /** One of {@link Credentials#KINDS}, needed only where the settings would make several. */
    public String getAuthType() {
        return authType;
    }

    public void setAuthType(String authType) {
        this.authType = authType;
    }

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }

    /** Application id of a service principal. */
    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    /** Tenant of a service principal of Microsoft Entra ID. */
    public String getAzureTenantId() {
        return azureTenantId;
    }

    public void setAzureTenantId(String azureTenantId) {
        this.azureTenantId = azureTenantId;
    }

    /** Where Entra ID gives out tokens, if not at the usual place for this host. */
    public String getAzureLoginUrl() {
        return azureLoginUrl;
    }

    public void setAzureLoginUrl(String azureLoginUrl) {
        this.azureLoginUrl = azureLoginUrl;
    }

    /** PEM file of the certificate authorities to trust instead of Java's own. */
    public String getCaFile() {
        return caFile;
    }

    public void setCaFile(String caFile) {
        this.caFile = caFile;
    }

    /** The outgoing proxy; null for what Java or the environment says. */
    public ProxySettings getProxy() {
        return proxy;
    }

    public void setProxy(ProxySettings proxy) {
        this.proxy = proxy;
    }
}
