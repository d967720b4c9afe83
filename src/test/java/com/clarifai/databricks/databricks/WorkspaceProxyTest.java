package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.proxy.FakeProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxySettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API behind a proxy: by names that nobody else can resolve, so that there is no other way to it. */
class WorkspaceProxyTest {

    private static final String ME = "GET /api/2.0/preview/scim/v2/Me";
    private static final String LOGIN = "Basic YWRhOnBAc3M6dw==";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceConnection connection = new WorkspaceConnection();
    private final ProxySettings settings = new ProxySettings();

    @AfterEach
    void stop() {
        workspace.close();
    }

    private String me(String host, String proxyUrl) {
        settings.setUrl(proxyUrl);
        connection.setHost(host);
        connection.setProxy(settings);
        if (connection.getClientId() == null) {
            connection.setToken(FakeWorkspace.TOKEN);
        }
        try (WorkspaceClient client = new WorkspaceClient(connection.settings().withRetryBudget(Duration.ZERO))) {
            return CurrentUser.of(client).userName();
        }
    }

    private DatabricksException failure(String host, String proxyUrl) {
        return catchThrowableOfType(DatabricksException.class, () -> me(host, proxyUrl));
    }

    private String named() {
        return FakeProxy.named("workspace", workspace.host());
    }

    @Test
    void callsAndTokensGoThroughTheProxyWithItsPassword() {
        workspace
                .on("POST /oidc/v1/token", json("{\"access_token\":\"t\",\"expires_in\":3600}"))
                .on("GET /.well-known/databricks-config", status(404, ""))
                .on(ME, json("{\"userName\":\"ada\"}"));
        connection.setClientId("client");
        connection.setClientSecret("secret");
        settings.setUser("ada");
        settings.setPassword("p@ss:w");
        try (FakeProxy proxy = new FakeProxy(LOGIN)) {
            assertThat(me(named(), proxy.url())).isEqualTo("ada");

            assertThat(proxy.targets()).hasSizeGreaterThanOrEqualTo(2).containsOnly("workspace.test.internal");
        }
        assertThat(workspace.requests()).allSatisfy(request -> assertThat(request.header("Proxy-Authorization"))
                .isNull());
    }

    @Test
    void whatIsPassedByIsReachedWithoutTheProxy() {
        workspace.on(ME, json("{\"userName\":\"ada\"}"));
        settings.setBypass("workspace.test.internal");
        try (FakeProxy proxy = new FakeProxy()) {
            assertThat(failure(named(), proxy.url()))
                    .hasMessageContaining("unknown host")
                    .satisfies(
                            direct -> assertThat(ProxyException.behind(direct)).isEmpty());
            assertThat(me(workspace.host(), proxy.url())).isEqualTo("ada");

            assertThat(proxy.targets()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void aProxyThatWantsAPasswordSaysSoOfTunnelsAndOfRequests(String scheme) {
        try (FakeProxy proxy = new FakeProxy(LOGIN)) {
            String host = named().replace("http:", scheme + ":");
            DatabricksException without = failure(host, proxy.url());
            assertThat(without).hasMessageContaining("the proxy " + proxy.url() + " wants a user and a password (407)");
            assertThat(without.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(ProxyException.behind(without).map(ProxyException::kind))
                    .contains(ProxyException.Kind.LOGIN_NEEDED);

            settings.setUser("ada");
            settings.setPassword("secret9");
            DatabricksException wrong = failure(host, proxy.url());
            assertThat(wrong)
                    .hasMessageContaining("does not take this user and password (407)")
                    .hasMessageNotContaining("secret9");
            assertThat(ProxyException.behind(wrong).map(ProxyException::kind))
                    .contains(ProxyException.Kind.LOGIN_REFUSED);
        }
    }

    @Test
    void aProxyThatRefusesTheHostIsNamedWithIt() {
        try (FakeProxy proxy = new FakeProxy()) {
            DatabricksException refused = failure("https://db.example.com", proxy.url());

            assertThat(refused)
                    .hasMessageContaining("the proxy " + proxy.url() + " refuses to connect to db.example.com (403)");
            assertThat(ProxyException.behind(refused).map(ProxyException::kind))
                    .contains(ProxyException.Kind.TARGET_REFUSED);
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() {
        FakeProxy gone = new FakeProxy();
        gone.close();

        assertThat(failure("https://db.example.com", gone.url()))
                .hasMessageContaining("the proxy " + gone.url() + " cannot be reached: no connection");
        assertThat(failure("https://db.example.com", "http://proxy.invalid:3128"))
                .hasMessageContaining("the proxy http://proxy.invalid:3128 cannot be reached: unknown host");
    }
}
