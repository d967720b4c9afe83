package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.databricks.Credentials.AccessToken;
import com.clarifai.databricks.databricks.Credentials.AzureServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private static final String HOST = "https://adb-1.2.azuredatabricks.net";

    private static Credentials of(
            String authType, String token, String clientId, String clientSecret, String tenant, String loginUrl) {
        WorkspaceConnection connection = new WorkspaceConnection();
        connection.setHost(HOST);
        connection.setAuthType(authType);
        connection.setToken(token);
        connection.setClientId(clientId);
        connection.setClientSecret(clientSecret);
        connection.setAzureTenantId(tenant);
        connection.setAzureLoginUrl(loginUrl);
        return connection.credentials();
    }

    @Test
    void whatIsSetSaysOfWhichKindTheyAre() {
        assertThat(of("", "dapi", "", null, "", "")).isEqualTo(new AccessToken("dapi"));
        assertThat(of(null, "", "id", "secret", "", "")).isEqualTo(new ServicePrincipal("id", "secret"));
        assertThat(of(null, null, "id", "secret", "tenant", ""))
                .isEqualTo(new AzureServicePrincipal(
                        URI.create("https://login.microsoftonline.com"), "tenant", "id", "secret"));
    }

    @Test
    void whereSeveralAreSetTheirKindMustBeSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(null, "dapi", "id", "secret", null, ""))
                .withMessageContainingAll("databricks.token", "databricks.client-id", "databricks.auth-type");
        assertThat(of("oauth-m2m", "dapi", "id", "secret", "tenant", ""))
                .isEqualTo(new ServicePrincipal("id", "secret"));
        assertThat(of("pat", "dapi", "id", "secret", "tenant", "")).isEqualTo(new AccessToken("dapi"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(null, null, "id", "", null, ""))
                .withMessage("databricks.client-secret is not set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("azure-client-secret", null, "id", "secret", null, ""))
                .withMessage("databricks.azure-tenant-id is not set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("external-browser", null, null, null, null, ""))
                .withMessageContainingAll("external-browser", "pat, oauth-m2m, azure-client-secret");
    }

    @Test
    void tokensMayBeGivenOutElsewhere() {
        assertThat(of(null, null, "id", "secret", "tenant", "https://login.local/"))
                .isEqualTo(new AzureServicePrincipal(URI.create("https://login.local"), "tenant", "id", "secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://adb-1.2.azuredatabricks.net, https://login.microsoftonline.com",
        "https://adb-1.2.databricks.azure.us, https://login.microsoftonline.us",
        "https://adb-1.2.databricks.azure.cn, https://login.chinacloudapi.cn"
    })
    void everyNationalCloudHasItsLogin(URI workspace, URI login) {
        assertThat(AzureServicePrincipal.loginFor(workspace)).isEqualTo(login);
    }

    @Test
    void theyNeverShowTheirSecret() {
        assertThat(new AccessToken("shh")).asString().doesNotContain("shh");
        assertThat(new ServicePrincipal("id", "shh")).asString().doesNotContain("shh");
        assertThat(new AzureServicePrincipal(URI.create("https://l"), "t", "id", "shh"))
                .asString()
                .doesNotContain("shh");
    }
}
