package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users sign in as the Databricks CLI has them do it; the verifier and challenge are those of RFC 7636, appendix B. */
class UserSignInTest {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String REDIRECT = "http://localhost:8020";
    private static final String RIGHT = "client_id=databricks-cli&response_type=code&redirect_uri=" + encoded(REDIRECT)
            + "&scope=all-apis+offline_access&state=mine&code_challenge_method=S256&code_challenge=" + CHALLENGE;

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace(Duration.ofMinutes(1));

    @Test
    void aCodeIsExchangedOnceForTokensThatOpenTheWorkspace() throws Exception {
        Map<String, String> back = redirect(RIGHT);
        assertThat(back).containsEntry("state", "mine").containsKey("code");

        HttpResponse<byte[]> answer = token(exchange(back.get("code"), REDIRECT, VERIFIER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(me(json(answer).path("access_token").asText())).isEqualTo(200);
        assertThat(json(answer).path("expires_in").asInt()).isEqualTo(60);
        assertThat(error(token(exchange(back.get("code"), REDIRECT, VERIFIER))))
                .as("a second time")
                .isEqualTo("invalid_grant");
    }

    @Test
    void aRefreshTokenWorksOnceAndIsReplaced() throws Exception {
        String code = redirect(RIGHT).get("code");
        String first = json(token(exchange(code, REDIRECT, VERIFIER)))
                .path("refresh_token")
                .asText();
        HttpResponse<byte[]> renewed = token(renewal(first));

        assertThat(me(json(renewed).path("access_token").asText())).isEqualTo(200);
        assertThat(error(token(renewal(first)))).isEqualTo("invalid_grant");
        assertThat(json(token(renewal(first))).path("error_description").asText())
                .isEqualTo("Refresh token is invalid");
        assertThat(token(renewal(json(renewed).path("refresh_token").asText())).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8021, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "http://localhost:8020, wrong-verifier-wrong-verifier-wrong-verifier-wrong",
        "http://localhost:8020, short",
    })
    void whoDidNotAskForTheCodeGetsNoToken(String redirect, String verifier) throws Exception {
        assertThat(error(token(exchange(redirect(RIGHT).get("code"), redirect, verifier))))
                .isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=databricks-cli, client_id=stranger",
        "localhost%3A8020,         localhost%3A8080",
        "http%3A%2F%2Flocalhost,   http%3A%2F%2Fevil.example",
    })
    void anUnknownClientOrAddressIsNotSentBack(String part, String wrong) throws Exception {
        HttpResponse<byte[]> answer = authorize(RIGHT.replace(part, wrong));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type=code,         response_type=token,         unsupported_response_type",
        "scope=all-apis,             scope=everything,            invalid_scope",
        "state=mine,                 state=,                      invalid_request",
        "code_challenge_method=S256, code_challenge_method=plain, invalid_request",
        "code_challenge=E9,          code_challenge=,             invalid_request",
    })
    void whatElseIsWrongIsToldToTheClient(String part, String wrong, String error) throws Exception {
        assertThat(redirect(RIGHT.replace(part, wrong)))
                .containsEntry("error", error)
                .doesNotContainKey("code");
    }

    @Test
    void aUserWhoRefusesIsSentBackWithoutACode() throws Exception {
        workspace.call("POST", "/sandbox/settings?refuse-sign-ins=1", null);

        assertThat(redirect(RIGHT)).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    @Test
    void thisClientHasNoSecret() throws Exception {
        String code = redirect(RIGHT).get("code");

        assertThat(error(token(exchange(code, REDIRECT, VERIFIER) + "&client_secret=x")))
                .isEqualTo("invalid_client");
    }

    private HttpResponse<byte[]> authorize(String query) throws Exception {
        return workspace.send(HttpRequest.newBuilder(workspace.uri("/oidc/v1/authorize?" + query)));
    }

    private Map<String, String> redirect(String query) throws Exception {
        HttpResponse<byte[]> answer = authorize(query);
        assertThat(answer.statusCode()).isEqualTo(302);
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith(REDIRECT + "/?");
        return Arrays.stream(location.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String exchange(String code, String redirect, String verifier) {
        return "grant_type=authorization_code&client_id=databricks-cli&code=" + code + "&redirect_uri="
                + encoded(redirect) + "&code_verifier=" + verifier;
    }

    private static String renewal(String refreshToken) {
        return "grant_type=refresh_token&client_id=databricks-cli&refresh_token=" + refreshToken;
    }

    private HttpResponse<byte[]> token(String form) throws Exception {
        return workspace.send(HttpRequest.newBuilder(workspace.uri("/oidc/v1/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String error(HttpResponse<byte[]> answer) throws Exception {
        return json(answer).path("error").asText();
    }

    private int me(String token) throws Exception {
        return workspace
                .send(HttpRequest.newBuilder(workspace.uri("/api/2.0/preview/scim/v2/Me"))
                        .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
