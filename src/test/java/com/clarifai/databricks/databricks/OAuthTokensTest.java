package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.Credentials.AzureServicePrincipal;
import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthTokensTest {

    private static final WorkspaceRequest GET = WorkspaceRequest.get(WorkspaceCall.GET_SCHEMA, "thing", "/thing");
    private static final String TOKENS = "POST /oidc/v1/token";
    private static final Answer OK = json("{}");

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = client(new ServicePrincipal("app-id", "oauth-secret"));

    private WorkspaceClient client(Credentials credentials) {
        return workspace.client(WorkspaceSettings.of(workspace.host(), credentials));
    }

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    private static Answer token(String token, int seconds) {
        return json("{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}".formatted(token, seconds));
    }

    private List<String> bearers() {
        return workspace.requests("GET").stream()
                .map(request -> request.header("Authorization"))
                .toList();
    }

    @Test
    void aServicePrincipalIsGivenATokenByTheWorkspaceForItsSecret() {
        workspace.on(TOKENS, token("first", 3600)).on("GET /thing", OK);

        client.json(GET);
        client.json(GET);

        assertThat(workspace.requests("POST")).hasSize(1);
        Request asked = workspace.requests("POST").get(0);
        assertThat(asked.header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("app-id:oauth-secret".getBytes()));
        assertThat(new String(asked.body(), StandardCharsets.UTF_8).split("&"))
                .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=all-apis");
        assertThat(bearers()).containsExactly("Bearer first", "Bearer first");
    }

    private String issuer(String path) {
        return "{\"oidc_endpoint\":\"" + workspace.host() + path + "\",\"account_id\":\"acc\"}";
    }

    @Test
    void aUnifiedHostGivesOutTokensForTheAccountAndIsNotToldWhichWorkspaceTheyAreFor() {
        String account = "/oidc/accounts/acc";
        workspace
                .on("GET /.well-known/databricks-config", json(issuer("/oidc/accounts/{account_id}")))
                .on(
                        "GET " + account + "/.well-known/oauth-authorization-server",
                        json("{\"token_endpoint\":\"" + workspace.host() + account + "/v1/token\"}"))
                .on("POST " + account + "/v1/token", token("of-the-account", 3600))
                .on("GET /thing", OK);
        WorkspaceSettings settings =
                WorkspaceSettings.of(workspace.host() + "?o=42", new ServicePrincipal("app-id", "oauth-secret"));

        try (WorkspaceClient unified = workspace.client(settings)) {
            unified.json(GET);
        }

        assertThat(bearers()).containsExactly("Bearer of-the-account");
        assertThat(workspace.requests("GET").get(0).header("X-Databricks-Workspace-Id"))
                .isEqualTo("42");
        assertThat(workspace.requests("POST").get(0).header("X-Databricks-Workspace-Id"))
                .isNull();
        assertThat(workspace.questions()).hasSize(2).allSatisfy(question -> {
            assertThat(question.header("X-Databricks-Workspace-Id")).isNull();
            assertThat(question.header("Authorization")).isNull();
        });
    }

    @Test
    void anIssuerThatDoesNotDescribeItselfHasTheUsualEndpoint() {
        workspace
                .on("GET /.well-known/databricks-config", json(issuer("/oidc/accounts/{account_id}")))
                .on("POST /oidc/accounts/acc/v1/token", token("usual", 3600))
                .on("GET /thing", OK);

        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer usual");
    }

    @Test
    void aHostThatIsFoundByItsMetadataAloneIsAskedWhereItSays() {
        workspace
                .on(
                        "GET /oidc/.well-known/oauth-authorization-server",
                        json("{\"token_endpoint\":\"" + workspace.host() + "/elsewhere/token\"}"))
                .on("POST /elsewhere/token", token("elsewhere", 3600))
                .on("GET /thing", OK);

        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer elsewhere");
    }

    @Test
    void theSecretGoesToNoAddressThatCannotBeOne() {
        workspace
                .on(
                        "GET /.well-known/databricks-config",
                        json("{\"oidc_endpoint\":\"https://accounts.example.com/oidc/accounts/{account_id}\"}"))
                .on("GET /oidc/.well-known/oauth-authorization-server", json("{\"token_endpoint\":\"/v1/token\"}"))
                .on(TOKENS, token("usual", 3600))
                .on("GET /thing", OK);

        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer usual");
    }

    @Test
    void theSecretDoesNotLeaveTls() {
        assertThat(TokenEndpoint.safe("http://tokens.example.com/t", URI.create("https://workspace")))
                .isEmpty();
        assertThat(TokenEndpoint.safe("https://tokens.example.com/t", URI.create("https://workspace")))
                .isPresent();
    }

    @Test
    void aTokenIsRenewedFiveMinutesBeforeItExpires() {
        workspace.on(TOKENS, token("first", 3600), token("second", 3600)).on("GET /thing", OK);

        client.json(GET);
        workspace.time().sleep(Duration.ofMinutes(54));
        client.json(GET);
        workspace.time().sleep(Duration.ofMinutes(1));
        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer first", "Bearer first", "Bearer second");
    }

    @Test
    void aLifeThatComesAsAStringCounts() {
        workspace
                .on(
                        TOKENS,
                        json("{\"access_token\":\"first\",\"expires_in\":\"40\"}"),
                        json("{\"access_token\":\"second\",\"expires_in\":\"40\"}"))
                .on("GET /thing", OK);

        client.json(GET);
        workspace.time().sleep(Duration.ofSeconds(31));
        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aShortLivedTokenIsUsedForThreeQuartersOfItsLife() {
        workspace.on(TOKENS, token("first", 40), token("second", 40)).on("GET /thing", OK);

        client.json(GET);
        workspace.time().sleep(Duration.ofSeconds(29));
        client.json(GET);
        workspace.time().sleep(Duration.ofSeconds(1));
        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer first", "Bearer first", "Bearer second");
    }

    @Test
    void aTokenThatTheWorkspaceRefusesIsReplacedOnce() {
        workspace
                .on(TOKENS, token("revoked", 3600), token("good", 3600))
                .on("GET /thing", error(403, "PERMISSION_DENIED", "Invalid access token."), OK);

        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer revoked", "Bearer good");
    }

    @Test
    void aPrincipalThatIsNoUserOfTheWorkspaceIsNotTriedForEver() {
        workspace
                .on(TOKENS, token("one", 3600), token("two", 3600), token("three", 3600))
                .on("GET /thing", error(401, "UNAUTHENTICATED", "not a user of this workspace"));

        assertThat(failure(client).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(bearers()).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void aWrongSecretIsToldFromAWrongTokenAndNotRepeated() {
        workspace.on(TOKENS, json(401, "{\"error\":\"invalid_client\",\"error_description\":\"Client auth failed\"}"));

        DatabricksException failure = failure(client);

        assertThat(failure)
                .hasMessageStartingWith("get OAuth token at " + workspace.host())
                .hasMessageContaining("401 invalid_client: Client auth failed")
                .hasMessageNotContaining("oauth-secret");
        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(workspace.requests()).hasSize(1);
    }

    @Test
    void aClientThatEntraIdDoesNotKnowIsUnauthenticatedToo() {
        workspace.on(TOKENS, json(400, "{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS700016\"}"));

        assertThat(failure(client).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void aBusyTokenServiceIsAskedAgain() {
        workspace
                .on(TOKENS, error(503, "TEMPORARILY_UNAVAILABLE", "busy"), token("first", 3600))
                .on("GET /thing", OK);

        client.json(GET);

        assertThat(bearers()).containsExactly("Bearer first");
    }

    @Test
    void anAnswerWithoutATokenIsAFailure() {
        workspace.on(TOKENS, json("{\"token\":\"misplaced\"}"));

        assertThat(failure(client)).hasMessageContaining("no access_token").hasMessageNotContaining("misplaced");
    }

    @Test
    void anAzureServicePrincipalIsGivenATokenByEntraIdForDatabricks() {
        workspace.on("POST /my-tenant/oauth2/v2.0/token", token("entra", 3600)).on("GET /thing", OK);
        URI login = URI.create(workspace.host());

        try (WorkspaceClient azure = client(new AzureServicePrincipal(login, "my-tenant", "app-id", "secret"))) {
            azure.json(GET);
        }

        assertThat(new String(workspace.requests("POST").get(0).body(), StandardCharsets.UTF_8))
                .contains("scope=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d%2F.default");
        assertThat(bearers()).containsExactly("Bearer entra");
    }

    private static DatabricksException failure(WorkspaceClient client) {
        return catchThrowableOfType(DatabricksException.class, () -> client.json(GET));
    }
}
