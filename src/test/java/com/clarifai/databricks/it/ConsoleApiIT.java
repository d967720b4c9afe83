package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The console's API as a program uses it, with the printed token, over the sandbox. One service for all tests. */
@TestInstance(Lifecycle.PER_CLASS)
class ConsoleApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String inputsTable = "main.default.api_" + suffix;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Sandbox sandbox;
    private ClarifaiApp app;
    private String source;
    private Path settings;
    private ConsoleService service;
    /** Of the file, before it was imported. */
    private JsonNode dryRun;

    private boolean dryRunMadeATable;
    private List<Input> inputsAfterDryRun;
    private JsonNode imported;

    @BeforeAll
    void start() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "api-" + suffix);
        String images = sandbox.setting("sandbox.images");
        String csv = "inputid,input,concepts\n"
                + "one," + images + "/generated/1.jpg,cat\n"
                + "two," + images + "/generated/2.jpg,dog\n"
                + "gone," + images + "/missing/3.jpg,\n"
                + "\"not, an id\"," + images + "/generated/4.jpg,\n";
        source = sandbox.putObject(suffix + "/rows.csv", csv.getBytes(StandardCharsets.UTF_8));
        Map<String, String> settings = new HashMap<>();
        settings.put("runs.history", "true");
        settings.put("schedule.nightly.flow", "import-csv");
        settings.put("schedule.nightly.cron", "0 30 2 * * ?");
        settings.put("schedule.nightly.source", source);
        // of its own: rejected rows are those of the run that met them last
        settings.put("schedule.nightly.table", inputsTable + "_nightly");
        settings.put("schedule.nightly.app", app.id());
        settings.put("schedule.nightly.dataset", "pictures");
        this.settings = sandbox.settingsWith(settings);
        service = ConsoleService.start(this.settings);
        dryRun = importRows(",\"dry-run\":true");
        dryRunMadeATable = sandbox.tableExists(inputsTable);
        inputsAfterDryRun = app.inputs();
        imported = importRows();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(service.url() + "api/" + path))
                .header("Authorization", "Bearer " + service.token());
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return json(to(path));
    }

    private JsonNode post(String path, String body) {
        return json(to(path).POST(BodyPublishers.ofString(body)));
    }

    /** The run when it has ended. */
    private JsonNode ended(JsonNode run) {
        String path = "runs/" + run.path("id").asText();
        await().atMost(LIMIT).until(() -> !get(path).path("endedAt").isNull());
        return get(path);
    }

    private JsonNode importRows(String... more) {
        return ended(post(
                "runs",
                "{\"command\":\"import csv\",\"options\":{\"source\":\"" + source + "\",\"table\":\"" + inputsTable
                        + "\",\"app\":\"" + app.id() + "\",\"dataset\":\"pictures\"" + String.join("", more) + "}}"));
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        assertThat(dryRun.path("status").asText()).as(dryRun.toString()).isEqualTo("COMPLETED");
        assertThat(dryRun.path("dryRun").asBoolean()).isTrue();
        assertThat(dryRun.at("/counts/read").asInt()).isEqualTo(4);
        assertThat(dryRun.path("tables")).isEmpty();
        assertThat(dryRunMadeATable).isFalse();
        assertThat(inputsAfterDryRun).isEmpty();
    }

    @Test
    void anImportTellsItsRejectedRowsAsATableAndAsAFile() {
        assertThat(imported.path("status").asText()).as(imported.toString()).isEqualTo("COMPLETED");
        assertThat(imported.at("/counts/imported").asInt()).isEqualTo(2);
        assertThat(imported.path("rejected").asInt()).isEqualTo(2);
        String rejects = "runs/" + imported.path("id").asText() + "/rejects";
        JsonNode all = get(rejects);
        assertThat(all.path("items").findValuesAsText("source"))
                .containsExactly(source + "#line=4", source + "#line=5");
        assertThat(all.path("items").findValuesAsText("reason")).allMatch(reason -> !reason.isBlank());
        JsonNode first = get(rejects + "?limit=1");
        assertThat(first.path("items")).hasSize(1);
        assertThat(first.path("more").asBoolean()).isTrue();
        JsonNode second = get(rejects + "?limit=1&offset=1");
        assertThat(second.path("items").get(0)).isEqualTo(all.path("items").get(1));
        assertThat(second.path("more").asBoolean()).isFalse();

        HttpResponse<String> file = send(to(rejects + ".csv"), BodyHandlers.ofString());

        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"rejected.csv\"");
        assertThat(file.body().lines()).hasSize(3).first().isEqualTo("source,input,code,reason");
        assertThat(file.body()).contains("\"not, an id\"");
    }

    @Test
    void aTableIsReadInPagesSortedByAColumn() {
        JsonNode down = get("tables/" + inputsTable + "/rows?limit=1&sort=input_id&order=desc");
        JsonNode next = get("tables/" + inputsTable + "/rows?limit=1&offset=1&sort=input_id&order=desc");

        assertThat(down.at("/rows/0/input_id").asText()).isEqualTo("two");
        assertThat(down.path("more").asBoolean()).isTrue();
        assertThat(next.at("/rows/0/input_id").asText()).isEqualTo("one");
        assertThat(down.path("columns").findValuesAsText("name")).contains("input_id", "concepts", "synced_at");
        assertThat(down.at("/rows/0/synced_at").asText()).endsWith("Z");
        for (String wrong : List.of("sort=nope", "sort=input_id%60%3B", "limit=0", "offset=-1")) {
            assertThat(send(to("tables/" + inputsTable + "/rows?" + wrong), BodyHandlers.ofString())
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(send(to("tables/main.default.none_" + suffix + "/rows"), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anInputIsSeen() throws IOException, InterruptedException {
        HttpResponse<byte[]> image = send(to("images?app=" + app.id() + "&input=one"), BodyHandlers.ofByteArray());

        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/jpeg");
        URI original = URI.create(sandbox.setting("sandbox.images") + "/generated/1.jpg");
        assertThat(image.body())
                .isEqualTo(HTTP.send(HttpRequest.newBuilder(original).build(), BodyHandlers.ofByteArray())
                        .body());
        assertThat(send(to("images?app=" + app.id() + "&input=none"), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theHistoryHasTheRunAndADatasetCanBeMade() {
        JsonNode latest = get("history?catalog=main&schema=default&limit=500").path("items");

        assertThat(latest).anySatisfy(item -> {
            assertThat(item.path("app").asText()).isEqualTo(app.id());
            assertThat(item.path("outcome").asText()).isEqualTo("COMPLETED");
            assertThat(item.at("/counts/imported").asInt()).isEqualTo(2);
        });
        assertThat(get("history?catalog=main&schema=nowhere").path("items")).isEmpty();

        String wanted = "{\"app\":\"" + app.id() + "\",\"dataset\":\"made\"}";
        assertThat(post("datasets", wanted)).hasToString(wanted);

        assertThat(get("lists/datasets?app=" + app.id() + "&filter=MAD").path("items"))
                .hasToString("[\"made\"]");
    }

    @Test
    void aPausedScheduleStaysPausedUnderAnotherConnectionAndStillRunsWhenAsked() {
        ConsoleService shared = service;
        try (ConsoleService own = ConsoleService.start(settings)) {
            service = own;
            assertAPausedScheduleStaysPausedUnderAnotherConnectionAndStillRunsWhenAsked();
        } finally {
            service = shared;
        }
    }

    private void assertAPausedScheduleStaysPausedUnderAnotherConnectionAndStillRunsWhenAsked() {
        assertThat(get("schedules").at("/items/0/next").asText()).isNotBlank();
        assertThat(post("schedules/nightly/pause", "").path("paused").asBoolean())
                .isTrue();

        HttpResponse<String> refused =
                send(to("connection").PUT(BodyPublishers.ofString("{\"token\":\"wrong\"}")), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("check under Connection")
                .doesNotContain(sandbox.setting("databricks.token"));
        int generation = get("connection").path("generation").asInt();
        JsonNode changed = json(to("connection")
                .PUT(BodyPublishers.ofString("{\"clusterId\":\"" + sandbox.setting("sandbox.cluster-id") + "\"}")));
        assertThat(changed.path("ok").asBoolean()).isTrue();
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> get("connection").path("generation").asInt() == generation + 1);

        JsonNode connection = get("connection");
        assertThat(connection.path("clusterId").asText()).isEqualTo(sandbox.setting("sandbox.cluster-id"));
        assertThat(connection.toString())
                .doesNotContain(sandbox.setting("databricks.token"), sandbox.setting("clarifai.pat"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        get("schedules").at("/items/0/paused").asBoolean())
                .isTrue());
        JsonNode run = ended(post("schedules/nightly/run", ""));
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.at("/counts/existing").asInt()).isEqualTo(2);
        assertThat(post("schedules/nightly/resume", "").path("paused").asBoolean())
                .isFalse();
        assertThat(get("schedules").at("/items/0/next").asText()).isNotBlank();
        assertThat(send(to("schedules/weekly/pause").POST(BodyPublishers.noBody()), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(404);
    }
}
