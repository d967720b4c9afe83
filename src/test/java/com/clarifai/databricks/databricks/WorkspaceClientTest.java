package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.cutAfter;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.lost;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.faults.ForgetfulGateway;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkspaceClientTest {

    private static final WorkspaceRequest GET = WorkspaceRequest.get(WorkspaceCall.GET_SCHEMA, "thing", "/thing");
    private static final WorkspaceRequest POST =
            WorkspaceRequest.post(WorkspaceCall.CREATE_VOLUME, "thing", "/thing", false);
    private static final WorkspaceRequest FILES =
            WorkspaceRequest.get(WorkspaceCall.READ_FILE, "file", "/api/2.0/fs/files/f");
    private static final FakeWorkspace.Answer OK = json("{\"name\":\"thing\"}");

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void sendsTheTokenAndReadsJson() {
        workspace.on("GET /thing", OK);

        assertThat(client.json(GET)).isEqualTo(Map.of("name", "thing"));
        assertThat(workspace.requests().get(0).header("Authorization")).isEqualTo("Bearer " + FakeWorkspace.TOKEN);
    }

    private WorkspaceClient client(String id) {
        return workspace.client(WorkspaceSettings.of(workspace.host() + "/?o=" + id, FakeWorkspace.TOKEN));
    }

    @Test
    void everyCallNamesTheWorkspaceThatIsMeant() {
        workspace.on("GET /thing", OK).on("POST /thing", OK).on("GET /api/2.0/fs/files/f", status(200));

        try (WorkspaceClient meant = client("42")) {
            meant.json(GET);
            meant.json(POST);
            meant.send(FILES);
        }
        client.json(GET);

        assertThat(workspace.requests())
                .extracting(request -> request.header("X-Databricks-Workspace-Id"))
                .containsExactly("42", "42", "42", null);
    }

    @ParameterizedTest
    @ValueSource(ints = {303, 400, 401, 403, 404})
    void aHostWithSeveralWorkspacesOfWhichNoneIsNamedIsToldWithTheSetting(int status) {
        workspace
                .on("GET /thing", status(status, "the proxy does not know where to send this"))
                .on("GET /.well-known/databricks-config", json("{\"host_type\":\"unified\",\"workspace_id\":null}"));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> client.json(GET))
                .withMessageContainingAll(
                        workspace.host() + " has several workspaces",
                        "databricks.workspace-id",
                        "DATABRICKS_WORKSPACE_ID",
                        "?o=",
                        String.valueOf(status));
        assertThat(workspace.questions())
                .extracting(request -> request.header("Authorization"))
                .containsOnlyNulls();
    }

    @Test
    void aRefusalByAHostWithOneWorkspaceIsToldAsItIs() {
        workspace
                .on("GET /thing", error(400, "BAD_REQUEST", "no"))
                .on(
                        "GET /.well-known/databricks-config",
                        json("{\"host_type\":\"workspace\",\"workspace_id\":\"42\"}"));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> client.json(GET))
                .withMessageContaining("400 BAD_REQUEST: no")
                .withMessageNotContaining("several workspaces");
    }

    @Test
    void aHostThatIsAnotherWorkspaceThanTheOneMeantIsRefused() {
        workspace.on("GET /thing", OK.with("X-Databricks-Org-Id", "43"));

        try (WorkspaceClient meant = client("42");
                WorkspaceClient right = client("43");
                WorkspaceClient newId = client("ws-a1b2")) {
            assertThatExceptionOfType(DatabricksException.class)
                    .isThrownBy(() -> meant.json(GET))
                    .withMessageContainingAll("this is workspace 43, but 42 is meant", "databricks.workspace-id");
            assertThat(right.json(GET)).containsEntry("name", "thing");
            // not a number: it may well be the workspace with that number
            assertThat(newId.json(GET)).containsEntry("name", "thing");
        }
    }

    @Test
    void waitsAsManySecondsAsItIsAskedTo() {
        workspace.on("GET /thing", status(429).with("Retry-After", "7"), OK);

        assertThat(client.json(GET)).containsEntry("name", "thing");
        assertThat(workspace.waits()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void waitsUntilTheDateItIsAskedTo() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                FakeTime.START.plusSeconds(42).atOffset(ZoneOffset.UTC));
        workspace.on("GET /thing", status(503).with("Retry-After", date), OK);

        client.json(GET);

        assertThat(workspace.waits()).containsExactly(Duration.ofSeconds(42));
    }

    @Test
    void goesOnAtOnceWhenTheDateHasPassed() {
        workspace.on("GET /thing", status(503).with("Retry-After", "Sat, 01 Mar 2025 12:00:00 GMT"), OK);

        client.json(GET);

        assertThat(workspace.waits()).containsExactly(Duration.ZERO);
    }

    @Test
    void waitsNoLongerThanFiveMinutesAtATime() {
        workspace.on("GET /thing", status(503).with("Retry-After", "3600"), OK);

        client.json(GET);

        assertThat(workspace.waits()).containsExactly(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void repeatsAnyCallThatTheServiceCouldNotTake(int answer) {
        workspace.on("POST /thing", status(answer), OK);

        assertThat(client.json(POST)).containsEntry("name", "thing");
        assertThat(workspace.waits()).singleElement().satisfies(wait -> assertThat(wait)
                .isBetween(Duration.ZERO, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID",
        "401,UNAUTHENTICATED",
        "403,PERMISSION_DENIED",
        "404,NOT_FOUND",
        "409,ALREADY_EXISTS",
        "412,INVALID"
    })
    void neverRepeatsACallThatWasRefused(int answer, Kind kind) {
        workspace.on("GET /thing", status(answer), OK);

        DatabricksException failure = failure(() -> client.json(GET));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(answer);
        assertThat(workspace.requests()).hasSize(1);
    }

    @Test
    void repeatsAServerErrorOnlyOfReads() {
        workspace.on("GET /thing", status(500), OK).on("POST /thing", status(500), OK);

        assertThat(client.json(GET)).containsEntry("name", "thing");
        assertThat(failure(() -> client.json(POST)).kind()).isEqualTo(Kind.INTERNAL);
    }

    @Test
    void repeatsAReadWhoseAnswerBrokeOff() {
        byte[] whole = "{\"name\":\"thing\"}".getBytes(StandardCharsets.UTF_8);
        workspace.on("GET /thing", lost(), cutAfter(5, whole), OK);

        assertThat(client.json(GET)).containsEntry("name", "thing");
    }

    @Test
    void doesNotRepeatAWriteWhoseAnswerWasLost() {
        workspace.on("POST /thing", lost(), OK);

        assertThat(failure(() -> client.json(POST)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(workspace.requests()).hasSize(1);
    }

    @Test
    void givesUpWhenTheBudgetIsUsedUp() {
        workspace.on("GET /thing", status(503));

        DatabricksException failure = failure(() -> client.json(GET));

        assertThat(failure)
                .hasMessageContaining("gave up after " + workspace.requests().size() + " attempts");
        assertThat(workspace.requests()).hasSizeGreaterThan(5);
        assertThat(workspace.time().waited()).isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(workspace.waits()).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(60)));
    }

    @Test
    void doesNotRepeatWithoutABudget() {
        workspace.on("GET /thing", status(503), OK);

        assertThat(failure(() -> client.withRetryBudget(Duration.ZERO).json(GET))
                        .kind())
                .isEqualTo(Kind.INTERNAL);
        assertThat(workspace.requests()).hasSize(1);
    }

    @Test
    void saysInOneLineWhatWasAskedAndAnswered() {
        workspace.on("GET /thing", json(404, """
                        {"error_code": "TABLE_DOES_NOT_EXIST", "message": "Table 'x'\\ndoes not exist.",
                         "details": [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "request_id": "r-1"}]}"""));

        DatabricksException failure = failure(() -> client.json(GET));

        assertThat(failure)
                .hasMessage("get schema thing at " + workspace.host()
                        + ": 404 TABLE_DOES_NOT_EXIST: Table 'x' does not exist. (request id r-1)");
        assertThat(failure.errorCode()).contains("TABLE_DOES_NOT_EXIST");
        assertThat(failure.requestId()).contains("r-1");
    }

    @Test
    void readsWhatIsWrongWhereTheServicesPutIt() {
        workspace.on("GET /thing", json(400, """
                        {"error_code": "INVALID_PARAMETER_VALUE", "message": "full", "details": [
                          "a note",
                          {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "THING_IS_NOT_EMPTY",
                           "domain": "things.databricks.com", "metadata": {"thing": "x"}},
                          {"@type": "type.googleapis.com/google.rpc.RequestInfo", "request_id": "r-2"}]}"""));

        DatabricksException failure = failure(() -> client.json(GET));

        assertThat(failure)
                .hasMessage("get schema thing at " + workspace.host()
                        + ": 400 INVALID_PARAMETER_VALUE THING_IS_NOT_EMPTY: full (request id r-2)");
        assertThat(failure.reason()).contains("THING_IS_NOT_EMPTY");
        assertThat(failure.says("THING_IS_NOT_EMPTY")).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void takesTheReasonForTheKindWhereTheErrorCodeIsGeneral() {
        workspace.on("GET /thing", error(400, "INVALID_PARAMETER_VALUE", "THING_DOES_NOT_EXIST", "no thing"));

        assertThat(failure(() -> client.json(GET)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void tellsABadTokenFromAMissingRight() {
        workspace.on("GET /thing", error(403, "PERMISSION_DENIED", "Invalid access token."));
        assertThat(failure(() -> client.json(GET)).kind()).isEqualTo(Kind.UNAUTHENTICATED);

        workspace.on("GET /thing", error(403, "PERMISSION_DENIED", "Source IP address: 1.2.3.4 is blocked"));
        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("1.2.3.4 is blocked")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.PERMISSION_DENIED);
    }

    @Test
    void tellsATokenThatHasExpiredMeanwhileFromOneThatWasNeverGood() {
        workspace.on(
                "GET /thing",
                error(403, "PERMISSION_DENIED", "Invalid access token."),
                json("{}"),
                error(403, "PERMISSION_DENIED", "Invalid access token."));

        assertThat(failure(() -> client.json(GET)).getMessage()).doesNotContain("expired");
        client.json(GET);
        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("Invalid access token")
                .hasMessageContaining("has expired or been revoked")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void readsTheTitleOfAPageThatWasSentInsteadOfAnError() {
        workspace.on(
                "GET /thing",
                status(403, "<!doctype html><html><head><title>Access\n denied</title></head></html>")
                        .with("Content-Type", "text/html"));

        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("403: a web page, 'Access denied'")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.PERMISSION_DENIED);
    }

    /** As any other server has it: Databricks says in JSON what is not there. */
    @Test
    void aHostWithoutSuchAnApiIsTakenForAWrongHostAndNothingForMissing() {
        workspace.on(
                "GET /thing",
                status(404, "<html><title>Not Found</title></html>").with("Content-Type", "text/html"));

        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("unreachable, it answers with 404, a web page, 'Not Found'")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void saysThatAWebPageIsNoWorkspace() {
        workspace.on("GET /thing", status(200, "<html>welcome</html>").with("Content-Type", "text/html"));

        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("not JSON but text/html")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.INTERNAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void doesNotTakeTheTokenToWhereItIsRedirected(int redirect) {
        workspace
                .on("GET /thing", status(redirect).with("Location", workspace.host() + "/login?next=secret"))
                .on("GET /login", OK);

        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("redirected to " + workspace.host() + "/login;")
                .hasMessageNotContaining("next=")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(workspace.requests()).hasSize(1);
    }

    @Test
    void neverRepeatsATokenThatTheServiceRepeats() {
        workspace.on("GET /thing", error(401, "UNAUTHENTICATED", "token " + FakeWorkspace.TOKEN + " is expired"));

        assertThat(failure(() -> client.json(GET)))
                .hasMessageContaining("token *** is expired")
                .hasMessageNotContaining(FakeWorkspace.TOKEN);
    }

    @Test
    void refusesAMalformedTokenWithoutRepeatingIt() {
        WorkspaceClient malformed = workspace.client(WorkspaceSettings.of(workspace.host(), "dapi\nsecret"));

        DatabricksException failure = failure(() -> malformed.json(GET));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure).hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void failsAtOnceForAnUnknownHost() {
        WorkspaceClient lost = workspace.client(WorkspaceSettings.of("no-such-host.invalid", "t"));

        assertThat(failure(() -> lost.json(GET)))
                .hasMessage("get schema thing: https://no-such-host.invalid unreachable, unknown host")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(workspace.waits()).isEmpty();
    }

    @Test
    void aCallOnAConnectionThatDiedSilentlyIsRepeatedOnAnotherOne() {
        workspace.on("GET /thing", OK);
        WorkspaceSettings settings = workspace.settings();
        try (ForgetfulGateway gateway = new ForgetfulGateway(settings.host().toString());
                WorkspaceClient through = workspace.client(WorkspaceSettings.of(gateway.url(), settings.credentials())
                        .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
            through.json(GET);
            gateway.forget();

            assertThat(through.json(GET)).containsEntry("name", "thing");

            assertThat(gateway.usedAfterForgotten()).isOne();
            assertThat(gateway.connections()).isEqualTo(2);
        }
    }

    @Test
    void triesARefusedConnectionAFewTimesOnly() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        WorkspaceClient refused = workspace.client(WorkspaceSettings.of("http://localhost:" + port, "t"));

        assertThat(failure(() -> refused.json(POST))).hasMessageContaining("connection refused; gave up after 4");
        assertThat(workspace.time().waited()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void failsAtOnceWhenTheCertificateIsNotTrusted(@TempDir Path directory) throws Exception {
        HttpsServer impostor = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        impostor.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("keys"))));
        impostor.start();
        try {
            String host = "https://localhost:" + impostor.getAddress().getPort();
            WorkspaceClient wary = workspace.client(WorkspaceSettings.of(host, "t"));

            assertThat(failure(() -> wary.json(GET)))
                    .hasMessageContaining("TLS handshake failed")
                    .extracting(DatabricksException::kind)
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(workspace.waits()).isEmpty();
        } finally {
            impostor.stop(0);
        }
    }

    @Test
    void doesNotWaitForEverForAnAnswer() {
        CountDownLatch never = new CountDownLatch(1);
        workspace.on("GET /thing", exchange -> await(never), OK);
        WorkspaceClient hasty = hasty();

        assertThat(hasty.json(GET)).containsEntry("name", "thing");
        never.countDown();
    }

    @Test
    void doesNotWaitForEverForTheRestOfAnAnswer() {
        CountDownLatch never = new CountDownLatch(1);
        FakeWorkspace.Answer stalling = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(never);
        };
        workspace.on("GET /thing", stalling, OK);

        assertThat(hasty().json(GET)).containsEntry("name", "thing");
        never.countDown();
    }

    @Test
    void keepsFilesCallsWithinTheirNumberAtATime() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier pair = new CyclicBarrier(2); // only passed while two calls are open
        workspace.on("GET /api/2.0/fs/files/f", exchange -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            meet(pair);
            open.decrementAndGet();
            OK.to(exchange);
        });
        WorkspaceClient two = workspace.client(workspace.settings().withFilesLimits(2, 1000));

        ExecutorService callers = Executors.newFixedThreadPool(8);
        IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> two.json(FILES), callers))
                .toList()
                .forEach(CompletableFuture::join);
        callers.shutdown();

        assertThat(most).hasValue(2);
    }

    @Test
    void keepsFilesCallsWithinTheirNumberASecond() {
        workspace.on("GET /api/2.0/fs/files/f", OK);
        WorkspaceClient slow = workspace.client(workspace.settings().withFilesLimits(5, 20));

        Instant start = Instant.now();
        for (int i = 0; i < 11; i++) {
            slow.json(FILES);
        }

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }

    @Test
    void countsAnOpenStreamUntilItIsReadOrClosed() throws IOException {
        workspace.on("GET /api/2.0/fs/files/f", FakeWorkspace.bytes(new byte[1000]));
        WorkspaceClient one = workspace.client(workspace.settings().withFilesLimits(1, 1000));

        try (InputStream unread = one.open(FILES)) {
            assertThat(unread.read()).isZero();
        }
        InputStream read = one.open(FILES);
        assertThat(read.readAllBytes()).hasSize(1000);
        InputStream next = one.open(FILES);
        CompletableFuture<Map<String, Object>> waiting = CompletableFuture.supplyAsync(
                () -> one.json(WorkspaceRequest.get(WorkspaceCall.LIST_DIRECTORY, "", "/api/2.0/fs/directories/d")));
        workspace.on("GET /api/2.0/fs/directories/d", OK);

        assertThat(waiting).isNotDone();
        assertThat(workspace.requests()).hasSize(3);
        next.close();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void refusesCallsOnceClosed() {
        client.close();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> client.json(GET))
                .withMessageContaining("is closed");
    }

    private WorkspaceClient hasty() {
        return workspace.client(workspace.settings().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300)));
    }

    private static DatabricksException failure(ThrowingCallable call) {
        DatabricksException failure = catchThrowableOfType(DatabricksException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static SSLContext selfSigned(Path store) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost")
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
