package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that is this test: it takes what the workspace would have sent it back with to where it is to come back. */
class BrowserSignInTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WorkspaceRequest GET = WorkspaceRequest.get(WorkspaceCall.GET_SCHEMA, "thing", "/thing");

    private final FakeWorkspace workspace = new FakeWorkspace();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        workspace.close();
    }

    private WorkspaceSettings settings() {
        return WorkspaceSettings.of(workspace.host(), "");
    }

    private WorkspaceClient client(TokenCache cache) {
        return workspace.client(WorkspaceSettings.of(workspace.host(), new Credentials.SignedInUser(cache)));
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static int open(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aUserIsSentToTheWorkspaceWithAChallengeAndTheCodeIsExchangedWithItsVerifier() throws Exception {
        workspace.on(
                "POST /oidc/v1/token",
                json("{\"access_token\":\"for-the-user\",\"refresh_token\":\"next\",\"expires_in\":\"3600\"}"));
        try (BrowserSignIn signIn = BrowserSignIn.begin(settings())) {
            Map<String, String> asked = parameters(signIn.url().getRawQuery());
            assertThat(signIn.url().toString()).startsWith(workspace.host() + "/oidc/v1/authorize?");
            assertThat(asked)
                    .containsEntry("client_id", "databricks-cli")
                    .containsEntry("response_type", "code")
                    .containsEntry("scope", "all-apis offline_access")
                    .containsEntry("code_challenge_method", "S256");
            assertThat(asked.get("redirect_uri")).matches("http://localhost:80[2-4]\\d");

            assertThat(open(asked.get("redirect_uri") + "/?code=forged&state=guessed"))
                    .as("somebody else's")
                    .isEqualTo(404);
            assertThat(signIn.isAnswered()).isFalse();
            assertThat(open(asked.get("redirect_uri") + "/?code=abc&state=" + asked.get("state")))
                    .isEqualTo(200);
            UserTokens tokens = signIn.await(PATIENCE);

            assertThat(tokens.accessToken()).isEqualTo("for-the-user");
            assertThat(tokens.refreshToken()).isEqualTo("next");
            assertThat(tokens.toString()).doesNotContain("for-the-user", "next");
            Map<String, String> form =
                    parameters(new String(workspace.requests("POST").get(0).body(), StandardCharsets.UTF_8));
            assertThat(form)
                    .containsEntry("grant_type", "authorization_code")
                    .containsEntry("code", "abc")
                    .containsEntry("redirect_uri", asked.get("redirect_uri"));
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
            assertThat(asked.get("code_challenge"))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
            assertThat(workspace.requests("POST").get(0).header("Authorization"))
                    .isNull();
        }
    }

    @Test
    void aUserWhoRefusesIsAnsweredWithWhatTheWorkspaceSays() throws Exception {
        try (BrowserSignIn signIn = BrowserSignIn.begin(settings())) {
            Map<String, String> asked = parameters(signIn.url().getRawQuery());
            open(asked.get("redirect_uri") + "/?error=access_denied&error_description=The+user+has+refused&state="
                    + asked.get("state"));

            DatabricksException refused = catchThrowableOfType(DatabricksException.class, () -> signIn.await(PATIENCE));

            assertThat(refused.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(refused).hasMessageContaining("access_denied: The user has refused");
        }
    }

    /** Whoever waits closes the port at once, while the browser may still be reading. */
    @Test
    void theBrowserHasItsPageBeforeThePortIsClosed() throws Exception {
        for (int i = 0; i < 200; i++) {
            BrowserSignIn signIn = BrowserSignIn.begin(settings());
            CompletableFuture<UserTokens> waiting = CompletableFuture.supplyAsync(() -> {
                try (signIn) {
                    return signIn.await(PATIENCE);
                }
            });
            Map<String, String> asked = parameters(signIn.url().getRawQuery());

            assertThat(open(asked.get("redirect_uri") + "/?error=access_denied&state=" + asked.get("state")))
                    .isEqualTo(200);
            assertThat(waiting).failsWithin(PATIENCE);
        }
    }

    @Test
    void whoBeginsAnotherSignInWaitsNoLongerForTheFirst() {
        BrowserSignIn signIn = BrowserSignIn.begin(settings());
        signIn.close();

        assertThat(catchThrowableOfType(DatabricksException.class, () -> signIn.await(PATIENCE)))
                .hasMessageContaining("given up");
    }

    @Test
    void anExpiredTokenIsRenewedAndTheNewRefreshTokenIsKept() {
        TokenCache cache = TokenCache.of(folder.resolve("token-cache.json").toString());
        URI host = URI.create(workspace.host());
        cache.change(host, none -> new UserTokens("old", "first", Instant.EPOCH));
        workspace
                .on(
                        "POST /oidc/v1/token",
                        json("{\"access_token\":\"new\",\"refresh_token\":\"second\",\"expires_in\":3600}"))
                .on("GET /thing", json("{}"));

        try (WorkspaceClient client = client(cache)) {
            client.json(GET);
            client.json(GET);
        }

        assertThat(workspace.requests("POST")).hasSize(1);
        assertThat(parameters(new String(workspace.requests("POST").get(0).body(), StandardCharsets.UTF_8)))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("client_id", "databricks-cli")
                .containsEntry("refresh_token", "first");
        assertThat(workspace.requests("GET")).allSatisfy(request -> assertThat(request.header("Authorization"))
                .isEqualTo("Bearer new"));
        assertThat(cache.find(host).orElseThrow().refreshToken()).isEqualTo("second");
    }

    /** What begins with a token takes a while, and the SQL driver is given it for a session. */
    @Test
    void aTokenThatIsAboutToExpireIsRenewedBefore() {
        TokenCache cache = TokenCache.of(folder.resolve("token-cache.json").toString());
        URI host = URI.create(workspace.host());
        Instant soon = workspace.time().now().plus(Duration.ofMinutes(4));
        cache.change(host, none -> new UserTokens("old", "first", soon));
        workspace
                .on(
                        "POST /oidc/v1/token",
                        json("{\"access_token\":\"short\",\"refresh_token\":\"second\",\"expires_in\":60}"),
                        json("{\"access_token\":\"new\",\"refresh_token\":\"third\",\"expires_in\":60}"))
                .on("GET /thing", json("{}"));

        try (WorkspaceClient client = client(cache)) {
            client.json(GET);
            workspace.time().sleep(Duration.ofSeconds(44));
            client.json(GET);
            workspace.time().sleep(Duration.ofSeconds(2));
            client.json(GET);
        }

        assertThat(workspace.requests("GET"))
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer short", "Bearer short", "Bearer new");
    }

    @Test
    void aTokenThatCannotBeRenewedIsUsedToItsEnd() {
        TokenCache cache = TokenCache.of(folder.resolve("token-cache.json").toString());
        Instant soon = workspace.time().now().plus(Duration.ofMinutes(4));
        cache.change(URI.create(workspace.host()), none -> new UserTokens("old", null, soon));
        workspace.on("GET /thing", json("{}"));

        try (WorkspaceClient client = client(cache)) {
            client.json(GET);
            workspace.time().sleep(Duration.ofMinutes(4));
            assertThat(catchThrowableOfType(DatabricksException.class, () -> client.json(GET)))
                    .hasMessageContaining("has expired");
        }
    }

    @Test
    void anEndedSignInSaysSoAndKeepsTheFile() {
        TokenCache cache = TokenCache.of(folder.resolve("token-cache.json").toString());
        URI host = URI.create(workspace.host());
        cache.change(host, none -> new UserTokens("old", "ended", Instant.EPOCH));
        workspace.on("POST /oidc/v1/token", error(400, "invalid_grant", "Refresh token is invalid"));

        try (WorkspaceClient client = client(cache)) {
            DatabricksException problem = catchThrowableOfType(DatabricksException.class, () -> client.json(GET));

            assertThat(problem.call()).contains(WorkspaceCall.SIGN_IN);
            assertThat(problem.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(problem).hasMessageContaining("has ended").hasMessageNotContaining("ended\"");
        }
        assertThat(cache.find(host)).isPresent();
    }

    @Test
    void whoHasNotSignedInIsToldSo() {
        try (WorkspaceClient client = client(TokenCache.of("memory:nobody"))) {
            assertThat(catchThrowableOfType(DatabricksException.class, () -> client.json(GET)))
                    .hasMessageContaining("nobody has signed in to " + workspace.host());
        }
    }

    @Test
    void theFileOfTheDatabricksCliIsReadAndWhatElseIsInItStays() throws IOException {
        Path file = Files.writeString(folder.resolve("token-cache.json"), """
                {"version": 1, "later": true, "tokens": {
                  "https://other.example": {"access_token": "theirs", "token_type": "Bearer", "refresh_token": "r",
                     "expiry": "2026-01-02T03:04:05.123456789+02:00", "extra": 1}}}
                """);
        TokenCache cache = TokenCache.of(file.toString());

        UserTokens theirs = cache.find(URI.create("https://other.example")).orElseThrow();
        cache.change(URI.create("https://mine.example"), none -> new UserTokens("mine", null, Instant.EPOCH));

        assertThat(theirs.expiry()).isEqualTo(Instant.parse("2026-01-02T01:04:05.123456789Z"));
        assertThat(Files.readString(file)).contains("\"later\":true", "\"extra\":1", "\"theirs\"", "\"mine\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileOfAnotherVersionIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("token-cache.json"), "{\"version\": 2, \"tokens\": {}}");
        TokenCache cache = TokenCache.of(file.toString());

        assertThat(catchThrowableOfType(
                        RuntimeException.class,
                        () -> cache.change(
                                URI.create("https://a.example"), none -> new UserTokens("a", null, Instant.EPOCH))))
                .hasMessageContaining("version 2");
        assertThat(Files.readString(file)).isEqualTo("{\"version\": 2, \"tokens\": {}}");
    }
}
