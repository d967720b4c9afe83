package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.CLIENT_ID;
import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.CLIENT_SECRET;
import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.TENANT_ID;
import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthTest {

    private static final String FORM = "grant_type=client_credentials&scope=all-apis";

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace(Duration.ofSeconds(3));

    @Test
    void clientCredentialsOpenTheWorkspaceUntilTheTokenExpires() throws Exception {
        JsonNode answer = json(token(basic(CLIENT_ID, CLIENT_SECRET), FORM));

        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("scope").asText()).isEqualTo("all-apis");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3);
        String token = answer.path("access_token").asText();
        assertThat(me(token).statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(me(token).statusCode()).isEqualTo(403));
        assertThat(json(me(token)).path("error_code").asInt()).isEqualTo(403);
        assertThat(json(me(token)).path("message").asText()).startsWith("Invalid access token.");
    }

    @Test
    void aUnifiedHostGivesTokensForTheAccountAndWantsToKnowTheWorkspaceOfEachCall() throws Exception {
        workspace.call("POST", "/sandbox/settings?unified-host=1", null);
        JsonNode host = json(workspace.get("/.well-known/databricks-config"));

        assertThat(host.path("oidc_endpoint").asText()).endsWith("/oidc/accounts/{account_id}");
        assertThat(token(basic(CLIENT_ID, CLIENT_SECRET), FORM).statusCode()).isEqualTo(404);
        String account = host.path("oidc_endpoint")
                .asText()
                .replace("{account_id}", host.path("account_id").asText());
        assertThat(token(URI.create(account + "/v1/token").getPath(), basic(CLIENT_ID, CLIENT_SECRET), FORM)
                        .statusCode())
                .isEqualTo(200);
        assertThat(workspace.get("/api/2.0/preview/scim/v2/Me").statusCode()).isEqualTo(400);
        for (String sql : List.of("/api/2.0/sql/statements", "/sql/protocolv1/o/" + BearerAuth.ORG_ID + "/c")) {
            assertThat(workspace.call("POST", sql, null).statusCode()).as(sql).isEqualTo(400);
        }
    }

    @Test
    void clientCredentialsMayBeInTheForm() throws Exception {
        String form = FORM + "&client_id=" + CLIENT_ID + "&client_secret=" + encoded(CLIENT_SECRET);

        assertThat(me(json(token(null, form)).path("access_token").asText()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "client-test, wrong,       grant_type=client_credentials&scope=all-apis, 401, invalid_client",
        "stranger,    secret-test, grant_type=client_credentials&scope=all-apis, 401, invalid_client",
        "client-test, secret-test, grant_type=password&scope=all-apis,           400, unsupported_grant_type",
        "client-test, secret-test, grant_type=client_credentials&scope=sql,      400, invalid_scope",
    })
    void othersGetNoToken(String id, String secret, String form, int status, String error) throws Exception {
        HttpResponse<byte[]> answer = token(basic(id, secret), form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asText()).isEqualTo(error);
        assertThat(json(answer).path("error_description").asText()).isNotEmpty();
    }

    @Test
    void aServicePrincipalOfTheTenantIsGivenATokenAsByEntraId() throws Exception {
        String form = FORM.replace("all-apis", "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default");
        String authorization = basic(CLIENT_ID, CLIENT_SECRET);

        JsonNode answer = json(token("/" + TENANT_ID + "/oauth2/v2.0/token", authorization, form));
        JsonNode stranger = json(token("/nowhere/oauth2/v2.0/token", authorization, form));
        JsonNode otherScope = json(token("/" + TENANT_ID + "/oauth2/v2.0/token", authorization, FORM));

        assertThat(me(answer.path("access_token").asText()).statusCode()).isEqualTo(200);
        assertThat(stranger.path("error_description").asText()).startsWith("AADSTS90002");
        assertThat(otherScope.path("error").asText()).isEqualTo("invalid_scope");
    }

    @Test
    void credentialsThatAreNotBasicAreRefused() throws Exception {
        assertThat(token("Basic ???", FORM).statusCode()).isEqualTo(401);
        assertThat(token(null, FORM).statusCode()).isEqualTo(401);
    }

    @Test
    void forgedTokenIsRefused() throws Exception {
        String[] parts = json(token(basic(CLIENT_ID, CLIENT_SECRET), FORM))
                .path("access_token")
                .asText()
                .split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceFirst("\"exp\":\\d", "\"exp\":9");

        String forged = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes()) + "."
                + parts[2];

        assertThat(me(forged).statusCode()).isEqualTo(401);
    }

    @Test
    void tellsWhereTokensAre() throws Exception {
        JsonNode server = json(
                workspace.send(HttpRequest.newBuilder(workspace.uri("/oidc/.well-known/oauth-authorization-server"))));

        assertThat(server.path("token_endpoint").asText())
                .isEqualTo(workspace.uri("/oidc/v1/token").toString());
        assertThat(server.path("issuer").asText())
                .isEqualTo(workspace.uri("/oidc").toString());
    }

    @Test
    void everyAnswerTellsTheWorkspaceIdToThoseWhoMayKnow() throws Exception {
        assertThat(workspace.get("/api/2.1/unity-catalog/catalogs").headers().firstValue("x-databricks-org-id"))
                .hasValue(BearerAuth.ORG_ID);
        assertThat(me("wrong").headers().firstValue("x-databricks-org-id")).isEmpty();
    }

    private HttpResponse<byte[]> token(String authorization, String form) throws Exception {
        return token("/oidc/v1/token", authorization, form);
    }

    private HttpResponse<byte[]> token(String path, String authorization, String form) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(workspace.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return workspace.send(request);
    }

    private HttpResponse<byte[]> me(String token) throws Exception {
        return workspace.send(HttpRequest.newBuilder(workspace.uri("/api/2.0/preview/scim/v2/Me"))
                .header("Authorization", "Bearer " + token));
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
