package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.Console;
import com.clarifai.databricks.console.ConsoleAccess;
import com.clarifai.databricks.service.RunsFile;
import com.clarifai.databricks.service.ScheduleFile;
import com.clarifai.databricks.service.ServedConnection;
import com.clarifai.databricks.service.ServedSchedules;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped console, asked over the network, where no connection has been configured yet. */
class ConsoleApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HUGE = 100_000_000;
    private static final int LARGE = 2_000_000;

    private static final ConsoleAccess ACCESS = ConsoleAccess.byToken();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Whoever runs the tests may have profiles. */
    private static Path noProfiles;

    private static int port;
    private static Application application;

    @BeforeAll
    static void start() throws IOException {
        noProfiles = Files.createTempFile("no", "profiles");
        port = FreePort.next();
        application = start(port, ACCESS);
    }

    private static Application start(int port, ConsoleAccess access) {
        Settings settings = settings(Map.of());
        ServedConnection connection = new ServedConnection(ConsoleApiTest::settings, new FlowCatalog(), () -> {});
        Commands commands = new CommandForms();
        ServedSchedules schedules = new ServedSchedules(List.of(), ScheduleFile.of(settings), commands);
        Console console = new Console(
                "127.0.0.1", port, Set.of(), access, commands, connection, schedules, RunsFile.of(settings), "test");
        settings.unset("camel.main.routesExcludePattern");
        Application started = Application.serveUnconnected(settings, new FlowCatalog(), console::prepare);
        schedules.start(started.context());
        return started;
    }

    private static Settings settings(Map<String, String> entered) {
        Map<String, String> nobodys = Map.of(
                "databricks.config-file",
                noProfiles.toString(),
                "connection.file",
                noProfiles + ".connection",
                "schedules.file",
                noProfiles + ".schedules",
                "console.runs-file",
                noProfiles + ".runs");
        return Settings.load(Path.of("."), entered, nobodys, null, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        application.close();
        Files.delete(noProfiles);
        Files.deleteIfExists(Path.of(noProfiles + ".schedules"));
        Files.deleteIfExists(Path.of(noProfiles + ".runs"));
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpRequest.Builder authorized(String path) {
        return to(path).header("Authorization", "Bearer " + ACCESS.token());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** What a client sends that keeps to no rules, and the first line of what it gets. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return firstLine(socket.getInputStream());
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    // --- who gets in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/connection",
                "/api/flows",
                "/api/runs",
                "/api/lists/catalogs",
                "/api/tables/main.default.inputs/rows",
                "/api/schedules",
                "/api/openapi.json",
                "/api/nothing"
            })
    void withoutATokenOnlyThePageIsThere(String path) throws Exception {
        assertThat(send(to(path)).statusCode()).isEqualTo(401);
        assertThat(send(to(path).header("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
        assertThat(send(to(path).header("Cookie", "databricks-connect-" + port + "=wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void thePrintedUrlSignsInOnceAndKeepsTheTokenOutOfTheAddress() throws Exception {
        HttpResponse<String> answer = send(to("/?token=" + ACCESS.token()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Strict", "; Path=/")
                .startsWith("databricks-connect-" + port + "=")
                .doesNotContain(ACCESS.token());
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(json(send(to("/api/session").header("Cookie", session)))
                        .path("signedIn")
                        .asBoolean())
                .isTrue();

        send(to("/api/session")
                .header("Cookie", session)
                .header("X-Requested-With", "databricks-connect")
                .DELETE());

        assertThat(json(send(to("/api/session").header("Cookie", session)))
                        .path("signedIn")
                        .asBoolean())
                .isFalse();
        assertThat(send(to("/api/runs").header("Cookie", session)).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto,https,true", "X-Forwarded-Proto,http,false", "Accept,text/html,false"})
    void behindAProxyWithTlsTheSessionIsForTlsAlone(String header, String value, boolean secure) throws Exception {
        String byUrl = send(to("/?token=" + ACCESS.token()).header(header, value))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        String byForm = send(to("/api/session")
                        .header(header, value)
                        .header("X-Requested-With", "databricks-connect")
                        .POST(BodyPublishers.ofString("{\"token\":\"" + ACCESS.token() + "\"}")))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(byUrl.contains("; Secure")).isEqualTo(secure);
        assertThat(byForm.contains("; Secure")).isEqualTo(secure);
    }

    @Test
    void aWrongTokenOpensNothing() throws Exception {
        assertThat(send(to("/?token=wrong")).headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(send(to("/api/session")
                                .header("X-Requested-With", "databricks-connect")
                                .POST(BodyPublishers.ofString("{\"token\":\"wrong\"}")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void usersOfAFileSignInWithTheirPasswords(@TempDir Path folder) throws Exception {
        // as openssl passwd -6 makes it
        String hash = Crypt.crypt("correct horse", "$6$abcdefgh");
        Path file = Files.writeString(folder.resolve("users"), "# people\nalice:" + hash + "\n");
        int own = FreePort.next();
        try (Application withUsers = start(own, ConsoleAccess.byUsers(file))) {
            String session = "http://localhost:" + own + "/api/session";
            HttpRequest.Builder right = signIn(session, "alice", "correct horse");

            assertThat(withUsers.context().isStarted()).isTrue();
            assertThat(send(right).statusCode()).isEqualTo(204);
            assertThat(send(signIn(session, "alice", "wrong")).statusCode()).isEqualTo(401);
            assertThat(send(signIn(session, "bob", "correct horse")).statusCode())
                    .isEqualTo(401);
            assertThat(send(signIn(session, "bob", "")).statusCode()).isEqualTo(401);
        }
    }

    private static HttpRequest.Builder signIn(String url, String user, String password) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("X-Requested-With", "databricks-connect")
                .POST(BodyPublishers.ofString("{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}"));
    }

    // --- what is refused

    @Test
    void anotherOriginIsRefusedEvenWithTheToken() throws Exception {
        for (String origin : List.of("http://evil.example", "http://localhost:1", "null", "https://localhost")) {
            assertThat(send(authorized("/api/runs").header("Origin", origin)).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(send(authorized("/api/runs").header("Origin", "http://localhost:" + port))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(authorized("/api/runs").header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "169.254.169.254", ""})
    void aForgedHostIsRefused(String host) throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .matches("HTTP/1.1 40[03] .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../../../etc/passwd",
                "/assets/..%2f..%2f..%2fetc%2fpasswd",
                "/assets/%2e%2e/%2e%2e/config/application.properties",
                "/..%5c..%5cconfig%5capplication.properties",
                "/config/application.properties",
                "/assets/application.properties",
                "/assets/index.html%00.js",
                "/META-INF/MANIFEST.MF"
            })
    void noPathLeadsOutOfThePage(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("HTTP/1.1 40[04] .*");
    }

    @Test
    void aBodyOfAHundredMegabytesIsRefusedBeforeItIsSent() throws Exception {
        assertThat(raw("POST /api/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ACCESS.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + HUGE + "\r\n\r\n{"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aLargeBodyWithoutALengthIsRefusedWhileItIsSent() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ACCESS.token()
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write((Integer.toHexString(LARGE) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            try {
                out.write(new byte[LARGE]);
                out.flush();
            } catch (IOException e) {
                // the server need not read on once it has had enough
            }

            assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aSessionAloneChangesNothing() throws Exception {
        String cookie = send(to("/?token=" + ACCESS.token()))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        String session = cookie.substring(0, cookie.indexOf(';'));
        HttpRequest.Builder forged = to("/api/runs").header("Cookie", session).POST(BodyPublishers.ofString("{}"));

        assertThat(send(forged).statusCode()).isEqualTo(403);
        assertThat(send(forged.header("X-Requested-With", "databricks-connect")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void headersThatTheGuardSetsCannotBeSent() throws Exception {
        assertThat(json(send(to("/api/session").header("ConsoleUser", "alice").header("consoleuser", "alice")))
                        .path("signedIn")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void everyAnswerIsProtected() throws Exception {
        for (HttpRequest.Builder request :
                List.of(to("/"), to("/api/runs"), authorized("/api/flows"), to("/nowhere"))) {
            HttpResponse<String> answer = send(request.header("Cache-Control", "max-age=9"));

            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void nothingOfARequestComesBackAsAHeader() throws Exception {
        HttpResponse<String> answer =
                send(authorized("/api/flows?secret=1").header("X-Mine", "mine").header("Content-Type", "text/html"));

        assertThat(answer.headers().map()).doesNotContainKeys("x-mine", "authorization", "secret");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    // --- schedules

    private static final String NIGHTLY = """
            {"name": "nightly", "command": "update", "cron": "0 30 2 * * ?", "options":
             {"app": "demo", "dataset": "photos", "inputs-table": "a.b.c", "annotations-table": "a.b.d"}}
            """;

    @Test
    void aScheduleIsMadeKeptChangedPausedAndDeleted() throws Exception {
        HttpResponse<String> made = post("/api/schedules", NIGHTLY);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("when").asText()).isEqualTo("cron 0 30 2 * * ?");
        assertThat(json(made).path("next").asText()).isNotEmpty();
        assertThat(ScheduleFile.of(settings(Map.of())).made()).containsOnlyKeys("nightly");
        assertThat(post("/api/schedules", NIGHTLY).statusCode()).isEqualTo(409);

        HttpResponse<String> changed = send(authorized("/api/schedules/nightly")
                .PUT(BodyPublishers.ofString(NIGHTLY.replace("\"cron\": \"0 30 2 * * ?\"", "\"every\": \"6h\""))));
        assertThat(json(changed).path("when").asText()).startsWith("every 6h");

        assertThat(json(post("/api/schedules/nightly/pause", "{}")).path("next").isNull())
                .isTrue();
        assertThat(ScheduleFile.of(settings(Map.of())).isPaused("nightly")).isTrue();
        assertThat(json(post("/api/schedules/nightly/resume", "{}"))
                        .path("next")
                        .asText())
                .isNotEmpty();

        assertThat(send(authorized("/api/schedules/nightly").DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(json(send(authorized("/api/schedules"))).path("items")).isEmpty();
        assertThat(ScheduleFile.of(settings(Map.of())).made()).isEmpty();
        assertThat(send(authorized("/api/schedules/nightly").DELETE()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aScheduleThatCannotRunIsRefusedAtItsField() throws Exception {
        assertThat(fieldOf(NIGHTLY.replace("0 30 2 * * ?", "half past two"))).isEqualTo("cron");
        assertThat(fieldOf(NIGHTLY.replace("\"nightly\"", "\"a/b\""))).isEqualTo("name");
        assertThat(fieldOf(NIGHTLY.replace("\"cron\": \"0 30 2 * * ?\",", ""))).isEqualTo("every");
        assertThat(fieldOf(NIGHTLY.replace("\"dataset\": \"photos\", ", ""))).isEqualTo("dataset");
        assertThat(fieldOf(NIGHTLY.replace("\"app\"", "\"invented\": 1, \"app\"")))
                .isEqualTo("invented");
        assertThat(json(send(authorized("/api/schedules"))).path("items")).isEmpty();
    }

    @Test
    void aRunNowIsRecordedWithItsOutcome() throws Exception {
        post("/api/schedules", NIGHTLY.replace("nightly", "by-hand"));

        String id = json(post("/api/schedules/by-hand/run", "{}")).path("id").asText();
        await().untilAsserted(() -> assertThat(json(send(authorized("/api/schedules")))
                        .at("/items/0/last/outcome")
                        .asText())
                .isEqualTo("FAILED"));

        JsonNode last = json(send(authorized("/api/schedules"))).at("/items/0/last");
        assertThat(last.path("runId").asText()).isEqualTo(id);
        assertThat(last.path("result").asText()).isNotEmpty();
        assertThat(ScheduleFile.of(settings(Map.of())).run("by-hand").runId()).isEqualTo(id);
        send(authorized("/api/schedules/by-hand").DELETE());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(authorized(path).POST(BodyPublishers.ofString(body)));
    }

    private static String fieldOf(String schedule) throws Exception {
        HttpResponse<String> answer = post("/api/schedules", schedule);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return json(answer).path("fields").fieldNames().next();
    }

    // --- what it says

    @Test
    void describesItself() throws Exception {
        JsonNode document = json(send(authorized("/api/openapi.json")));

        assertThat(document.path("openapi").asText()).startsWith("3.");
        assertThat(document.path("paths").fieldNames())
                .toIterable()
                .contains("/runs", "/runs/{id}", "/runs/{id}/cancel", "/lists/{kind}", "/connection");
        assertThat(document.at("/paths/~1runs/post/operationId").asText()).isEqualTo("startRun");
    }

    @Test
    void offersTheCommandsWithTheOptionsOfTheCommandLine() throws Exception {
        JsonNode flows = json(send(authorized("/api/flows")));
        JsonNode items = flows.path("items");

        assertThat(flows.path("flows"))
                .as("what the history may be filtered by")
                .hasToString("[\"import-volume\",\"import-folder\",\"import-csv\",\"import-delta\","
                        + "\"export-annotations\",\"update-tables\",\"migrate-table\"]");
        assertThat(items.findValuesAsText("command"))
                .containsExactly("import volume", "import csv", "import delta", "export", "update", "migrate");
        assertThat(items.get(0).path("flow").asText()).isEqualTo("import-volume");
        JsonNode update = items.get(4).path("options");
        assertThat(update.findValuesAsText("name"))
                .contains(
                        "app",
                        "dataset",
                        "inputs-table",
                        "annotations-table",
                        "deletes",
                        "full",
                        "add-columns",
                        "images")
                .doesNotContain("token", "config", "json", "help");
        JsonNode deletes = option(update, "deletes");
        assertThat(deletes.path("type").asText()).isEqualTo("choice");
        assertThat(deletes.path("default").asText()).isEqualTo("ignore");
        assertThat(deletes.path("choices")).hasToString("[\"ignore\",\"mark\",\"remove\"]");
        assertThat(option(update, "app").path("required").asBoolean()).isTrue();
        assertThat(option(update, "app").path("list").asText()).isEqualTo("apps");
        assertThat(option(update, "concept").path("group").asText()).isEqualTo("Which annotations");
        assertThat(option(items.get(1).path("options"), "concept-ids").path("choices"))
                .hasToString("[\"label\",\"id-label\"]");
        assertThat(List.of(items.get(1), items.get(2)))
                .allSatisfy(
                        rows -> assertThat(rows.path("description").toString()).contains("in the table NAME_rejects"));
    }

    private static JsonNode option(JsonNode options, String name) {
        for (JsonNode option : options) {
            if (option.path("name").asText().equals(name)) {
                return option;
            }
        }
        throw new AssertionError("no option " + name);
    }

    /** As curl -d sends it when it is not told otherwise. */
    @Test
    void aFormInsteadOfJsonIsRefusedWithWhatToSend() throws Exception {
        HttpResponse<String> answer = send(authorized("/api/runs")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"command\":\"export\",\"options\":{}}")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).contains("Content-Type: application/json");
    }

    @Test
    void namesEveryFieldThatIsMissing() throws Exception {
        HttpResponse<String> answer = start("{\"command\":\"import volume\",\"options\":{\"catalog\":\"main\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("fields").fieldNames())
                .toIterable()
                .containsExactly("schema", "volume", "table", "app", "dataset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"import csv\",\"options\":{\"source\":\"@/etc/passwd\",\"table\":\"a`b\",\"app\":\"a\",\"dataset\":\"d\",\"catalog\":\"c\",\"schema\":\"s\"}}",
                "{\"command\":\"import csv\",\"options\":{\"token\":\"x\"}}",
                "{\"command\":\"import csv\",\"options\":{\"dry-run\":{\"a\":1}}}",
                "{\"command\":\"import csv\",\"options\":7}",
                "{\"command\":\"export\",\"options\":{\"if-exists\":\"perhaps\"}}",
                "{\"command\":\"serve\",\"options\":{}}",
                "{\"command\":\"import\"}",
                "{}",
                "[]",
                "{",
                ""
            })
    void startsNothingThatIsWrong(String body) throws Exception {
        HttpResponse<String> answer = start(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).isNotBlank();
        assertThat(json(send(authorized("/api/runs"))).path("items").findValuesAsText("command"))
                .doesNotContain("serve", "import", "import csv");
    }

    private static HttpResponse<String> start(String body) throws IOException, InterruptedException {
        return send(authorized("/api/runs").POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aRunWithoutAConnectionFailsAndSaysWhatIsMissing() throws Exception {
        HttpResponse<String> answer = start("{\"command\":\"export\",\"options\":{\"app\":\"a\",\"dataset\":\"d\","
                + "\"inputs-table\":\"c.s.i\",\"annotations-table\":\"c.s.a\",\"concept\":\"it's\"}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode run = json(answer);
        assertThat(run.path("commandLine").asText())
                .contains("databricks-connect export --app=a", "'--concept=it'\\''s'");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> json(send(authorized("/api/runs/" + run.path("id").asText())))
                        .path("status")
                        .asText()
                        .equals("FAILED"));
        assertThat(json(send(authorized("/api/runs/" + run.path("id").asText())))
                        .path("error")
                        .asText())
                .contains("host");
        assertThat(RunsFile.of(settings(Map.of())).all())
                .as("what a restart finds")
                .anySatisfy(kept -> assertThat(kept)
                        .containsEntry("id", run.path("id").asText())
                        .containsEntry("status", "FAILED")
                        .containsKeys("error", "options", "headers"));
        assertThat(send(authorized("/api/runs/" + run.path("id").asText() + "/rejects"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aConnectionThatIsIncompleteIsRefusedFieldByField() throws Exception {
        JsonNode now = json(send(authorized("/api/connection")));
        assertThat(now.path("complete").asBoolean()).isFalse();
        assertThat(now.path("missing").asText()).startsWith("Databricks Host is not set");

        assertThat(refusedField("{}")).isEqualTo("host");
        assertThat(refusedField("{\"host\":\"https://w.example\"}")).isEqualTo("token");
        assertThat(refusedField("{\"host\":\"https://w.example\",\"token\":\"t\"}"))
                .isEqualTo("warehouseId");
        assertThat(refusedField("{\"host\":\"ftp://w.example\",\"token\":\"t\",\"warehouseId\":\"w\"}"))
                .isEqualTo("host");
        assertThat(json(send(authorized("/api/connection")))).isEqualTo(now);
    }

    private static String refusedField(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(authorized("/api/connection").PUT(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return json(answer).path("fields").fieldNames().next();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/runs/nothing",
                "/api/runs/nothing/rejects",
                "/api/runs/nothing/rejects.csv",
                "/api/connection/sign-in"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(send(authorized(path)).statusCode()).isEqualTo(404);
    }
}
