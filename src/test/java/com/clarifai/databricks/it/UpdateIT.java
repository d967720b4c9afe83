package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code update}; after each one the tables are compared with a fresh export. */
class UpdateIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final ClarifaiApp app = ClarifaiApp.create(sandbox, "update-" + suffix);
    private final String inputs = "main.default.inputs_" + suffix;
    private final String annotations = "main.default.annotations_" + suffix;
    private final String images = sandbox.setting("sandbox.images");

    @AfterEach
    void quiet() {
        sandbox.clearFaults();
        sandbox.sql("time-zone", "UTC");
        sandbox.sql("vacuums", "0");
    }

    @Test
    void tablesFollowEveryKindOfChange() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 120, 240);
        summary(runOn("export", "--preview=0"));
        List<Input> held = app.datasetInputs("pictures");
        List<Annotation> notes =
                app.annotations().stream().filter(note -> !note.getInputLevel()).toList();
        sandbox.execute("INSERT INTO " + inputs + " (input_id, app_id, dataset_id, image_url) VALUES ('other', '"
                + app.id() + "', 'another', 'kept')");

        app.relabel(List.of(held.get(0).getId(), held.get(100).getId()), "heron");
        app.editAnnotation(notes.get(5), "edited");
        app.deleteAnnotation(notes.get(6));
        app.deleteInput(held.get(20).getId());
        app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");
        Map<String, Object> first = summary(runOn("update", "--deletes=remove"));

        assertThat(first)
                .containsEntry("inputs", 120)
                .containsEntry("inputsInserted", 1)
                .containsEntry("inputsDeleted", 1);
        assertThat((int) first.get("staged")).as("only what changed").isLessThan(100);
        assertThat(count(inputs + " WHERE input_id = 'other'"))
                .as("another dataset's row is left alone")
                .isEqualTo(1);

        app.postInput(held.get(20).getId(), images + "/generated/9002.jpg", "pictures");
        app.relabel(List.of("brand-new"), "stork");
        app.deleteInput(held.get(21).getId());
        // away for a moment each, which the run waits for
        sandbox.fault("clarifai:ListDatasetInputs=grpc:UNAVAILABLE,times=1");
        sandbox.fault("clarifai:ListAnnotations=code:40031,times=1");
        sandbox.fault("files:PUT=503,times=1,retry-after=1");
        sandbox.fault("sql:statements=503,after=5,times=1,retry-after=1");
        // commits of others in between
        sandbox.sql("vacuums", "2");
        Map<String, Object> second = summary(runOn("update", "--deletes=mark"));
        assertThat(second).containsEntry("inputsInserted", 1).containsEntry("inputsDeleted", 1);
        assertThat(sandbox.query("SELECT input_id FROM " + inputs + " WHERE deleted_at IS NOT NULL"))
                .extracting(row -> row.get("input_id"))
                .containsExactly(held.get(21).getId());
        assertSameAsFreshExport("second");

        assertThat(sandbox.query("DESCRIBE HISTORY " + inputs + " LIMIT 6"))
                .extracting(row -> row.get("operation"))
                .contains("VACUUM START", "VACUUM END");
        sandbox.sql("vacuums", "0");

        long version = version(inputs);
        Map<String, Object> third = summary(runOn("update", "--full"));
        assertThat(third).containsEntry("inputsUpdated", 0).containsEntry("annotationsUpdated", 0);
        assertThat(version(inputs)).as("no change, no commit").isEqualTo(version);
    }

    /** East of the JVM's own zone, then west of it. */
    @Tag("nightly")
    @Test
    void anUpdateOverAClusterInAnotherTimeZoneMissesNothingAndReadsNothingTwice() throws IOException {
        assertThat(ZoneId.systemDefault()).as("see the pom").isEqualTo(ZoneId.of("America/New_York"));
        sandbox.sql("time-zone", "Asia/Kolkata");
        Path cluster = sandbox.settingsWith(Map.of(
                "runs.history",
                "true",
                "update.overlap",
                "0s",
                "databricks.warehouse-id",
                "",
                "databricks.cluster-id",
                sandbox.setting("sandbox.cluster-id")));
        app.createDataset("pictures");
        for (int i = 1; i <= 5; i++) {
            app.postInput("picture-" + i, images + "/generated/900" + i + ".jpg", "pictures");
        }
        summary(run(cluster, "export", inputs, annotations, "--preview=0"));

        for (String relabelled : List.of("picture-1", "picture-2", "picture-3")) {
            app.relabel(List.of(relabelled), "heron");

            Map<String, Object> update = summary(run(cluster, "update", inputs, annotations));

            assertThat(update)
                    .containsEntry("inputs", 5)
                    .containsEntry("inputsUpdated", 1)
                    .containsEntry("annotationsUpdated", 1);
            assertThat((int) update.get("staged"))
                    .as("what changed, not the latest change of the run before, which the tables have")
                    .isEqualTo(2);
            sandbox.sql("time-zone", "Pacific/Honolulu");
        }
        Instant lately = Instant.now().minusSeconds(600);
        String runs = ConnectRun.run(cluster, "runs", "main.default._clarifai_runs", "--limit=1", "--json")
                .out();
        JsonNode latest = new ObjectMapper().readTree(runs).get(0);
        assertThat(List.of("started_at", "ended_at", "read_until"))
                .allSatisfy(time ->
                        assertThat(Instant.parse(latest.path(time).asText())).isBetween(lately, Instant.now()));
        assertSameAsFreshExport("zoned");
        String times = "main.default.times_" + suffix;
        sandbox.execute(
                "CREATE TABLE " + times + " AS SELECT TIMESTAMP'2024-05-31 12:00:00.000001Z' AS at,"
                        + " TIMESTAMP_NTZ'2024-05-31 12:00:00' AS wall, array(struct(TIMESTAMP'2024-03-10 07:30:00Z' AS at)) AS seen");
        assertThat(new ObjectMapper()
                        .readTree(ConnectRun.run(cluster, "preview", times, "--json")
                                .out()))
                .hasToString("[{\"at\":\"2024-05-31T12:00:00.000001Z\",\"wall\":\"2024-05-31T12:00:00.000000\","
                        + "\"seen\":\"[{\\\"at\\\":\\\"2024-03-10T07:30:00.000000Z\\\"}]\"}]");
    }

    @Test
    void aSearchFindsWhatChangedAndAListTheRest() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 40, 80);
        app.createDataset("attic");
        app.postInput("old", images + "/generated/9003.jpg", "attic");
        app.postInput("latest", images + "/generated/9004.jpg", "pictures");
        Path exact = sandbox.settingsWith(Map.of("runs.history", "true", "update.overlap", "0s"));
        summary(run(exact, "export", inputs, annotations, "--preview=0"));
        Annotation note = app.annotations().stream()
                .filter(annotation -> !annotation.getInputLevel())
                .findFirst()
                .orElseThrow();
        String patched = app.datasetInputs("pictures").stream()
                .map(Input::getId)
                .filter(id -> !id.equals("latest") && !id.equals(note.getInputId()))
                .findFirst()
                .orElseThrow();
        app.relabel(List.of(patched), "heron");
        app.editAnnotation(note, "edited");
        app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");
        app.addToDataset("old", "pictures");
        sandbox.clearCalls();

        assertThat(summary(run(exact, "update", inputs, annotations, "--search")))
                .as("the latest of the last run, and what changed since")
                .containsEntry("inputs", 4)
                .containsEntry("inputsInserted", 1)
                .containsEntry("inputsUpdated", 1);
        assertThat(sandbox.calls("clarifai:ListDatasetInputs")).isZero();
        assertThat(count(inputs + " WHERE input_id = 'old'"))
                .as("an old input in the dataset has not changed")
                .isZero();

        sandbox.fault("clarifai:PostAnnotationsSearches=code:11007");
        Result listed = run(exact, "update", inputs, annotations, "--search");

        assertThat(summary(listed))
                .as("a search did not move the mark for the list")
                .containsEntry("inputs", 43)
                .containsEntry("inputsInserted", 1);
        assertThat(listed.err()).contains("PostAnnotationsSearches failed: 11007");
        assertSameAsFreshExport("searched");
    }

    @Tag("nightly")
    @Test
    void aServiceUpdatesAndImportsByScheduleAndKeepsOthersOut() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 10, 10);
        summary(runOn("export", "--preview=0"));
        app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");
        String rows = "inputid,input\nfrom-a-file," + images + "/generated/9002.jpg\n";
        String file = sandbox.putObject(suffix + "/rows.csv", rows.getBytes(StandardCharsets.UTF_8));
        Map<String, String> settings = new HashMap<>(Map.of("runs.history", "true"));
        settings.putAll(schedule("tables", "update-tables", "pictures"));
        settings.put("schedule.tables.inputs-table", inputs);
        settings.put("schedule.tables.annotations-table", annotations);
        settings.putAll(schedule("files", "import-csv", "files"));
        settings.put("schedule.files.source", file);
        settings.put("schedule.files.table", "main.default.files_" + suffix);
        sandbox.clearCalls();
        sandbox.fault("clarifai:ListDatasetInputs=delay:10000,times=1");

        ConnectProcess service = ConnectProcess.start(sandbox.settingsWith(settings), "serve");
        Awaitility.await()
                .atMost(LIMIT)
                .failFast("the service has ended", () -> !service.isAlive())
                .until(() -> sandbox.calls("clarifai:ListDatasetInputs") == 1);
        Result second = runOn("update");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("(update-tables) on host ", " has been working on " + inputs);
        Awaitility.await()
                .atMost(LIMIT)
                .failFast("the service has ended", () -> !service.isAlive())
                .until(() -> count("main.default._clarifai_runs WHERE app_id = '" + app.id()
                                + "' AND flow <> 'export-annotations' AND outcome = 'COMPLETED'")
                        == 2);
        service.terminate();

        Result stopped = service.waitFor();
        assertThat(stopped.exitCode()).isEqualTo(143);
        assertThat(stopped.err())
                .contains("Schedule tables: update-tables completed", "Schedule files: import-csv completed")
                .doesNotContain("error:", "ERROR");
        assertThat(count(inputs + " WHERE input_id = 'brand-new'")).isEqualTo(1);
        assertThat(app.datasetInputs("files")).extracting(Input::getId).containsExactly("from-a-file");
    }

    private Map<String, String> schedule(String name, String flow, String dataset) {
        String prefix = "schedule." + name + ".";
        return Map.of(
                prefix + "flow",
                flow,
                prefix + "every",
                "1h",
                prefix + "at-start",
                "true",
                prefix + "app",
                app.id(),
                prefix + "dataset",
                dataset);
    }

    @Test
    void tablesOfTheOldModuleAreUpdatedInPlaceAndMigrated() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 6, 6);
        Input known = app.datasetInputs("pictures").get(0);
        Annotation note = app.annotations().get(0);
        sandbox.execute("CREATE TABLE " + inputs + " (image_info STRING, image_url STRING, input_created_at STRING,"
                + " input_id STRING, input_metadata STRING, input_modified_at STRING) USING DELTA");
        sandbox.execute(
                "INSERT INTO " + inputs + " VALUES ('width: 500 height: 333 format: \"JPEG\" color_mode: \"YUV\"',"
                        + " 'https://data.clarifai.com/x', '10/27/% 12:48:   %5', '" + known.getId()
                        + "', '{}', '10/27/% 12:48:   %5')");
        sandbox.execute("CREATE TABLE " + annotations + " (annotation STRING, annotation_id STRING,"
                + " annotation_user_id STRING, input_id STRING, annotation_created_at STRING,"
                + " annotation_modified_at STRING) USING DELTA");
        sandbox.execute("INSERT INTO " + annotations + " VALUES ('concepts { id: \"cat\" value: 1.0 }', '"
                + note.getId() + "', 'me', '" + note.getInputId() + "', '10/27/% 12:48:   %5', '10/27/% 12:48:   %5'),"
                + " ('regions { region_info { bounding_box { top_row: 0.25 left_col: 0.5 bottom_row: 0.75"
                + " right_col: 1.0 } } data { concepts { id: \"cat\" name: \"cat\" value: 1.0 } } }', 'a1', 'me', 'i1',"
                + " '10/27/% 12:48:   %5', '1698410880.5'), ('not { protobuf', 'a2', 'me', 'i1', NULL, NULL)");

        assertThat(summary(runOn("update"))).containsEntry("inputsInserted", 5).containsEntry("inputsUpdated", 1);
        assertThat(sandbox.query("SELECT input_created_at, image_info FROM " + inputs + " WHERE input_id = '"
                        + known.getId() + "'"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.get("input_created_at").toString()).startsWith("20"));
        assertThat(sandbox.query("DESCRIBE TABLE " + inputs)).hasSize(6);

        summary(runOn("update", "--add-columns"));
        assertThat(sandbox.query("SELECT app_id FROM " + inputs)).hasSize(6).allSatisfy(row -> assertThat(row)
                .containsEntry("app_id", app.id()));

        String[] migrate = {"migrate", annotations, "--json", "--app", app.id(), "--dataset", "pictures"};
        List<Map<String, Object>> before = sandbox.query("SELECT * FROM " + annotations + " ORDER BY annotation_id");
        Result tried = ConnectRun.run(
                sandbox,
                Stream.concat(Stream.of(migrate), Stream.of("--dry-run", "--list"))
                        .toArray(String[]::new));
        assertThat(tried.exitCode()).as(tried.err()).isZero();
        assertThat(tried.out())
                .contains("{\"would\":\"rewrite\",\"what\":\"row\",\"id\":\"a1\"", "\"would\":\"replace\"");
        assertThat(sandbox.query("SELECT * FROM " + annotations + " ORDER BY annotation_id"))
                .isEqualTo(before);
        assertThat(summary(ConnectRun.run(sandbox, migrate)).get("annotationsInserted"))
                .isEqualTo(before.size());
        assertThat(tried.out()).contains("\"annotationsInserted\":" + before.size());
        assertMigrated();
    }

    private void assertMigrated() {
        List<Map<String, Object>> rows =
                sandbox.query("SELECT *, regions[0].top_row AS top, regions[0].concepts[0].id AS"
                        + " concept, unix_millis(annotation_modified_at) AS modified FROM " + annotations
                        + " WHERE input_id = 'i1' AND annotation_id LIKE 'a%' ORDER BY annotation_id");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .containsEntry("annotation_type", "bounding_box")
                .containsEntry("concept", "cat")
                .containsEntry("modified", 1_698_410_880_500L)
                .containsEntry("annotation_created_at", null)
                .containsEntry("app_id", app.id());
        assertThat(((Number) rows.get(0).get("top")).floatValue()).isEqualTo(0.25f);
        assertThat(rows.get(1)).containsEntry("annotation", "not { protobuf");
    }

    @Tag("volume")
    @Test
    void aTableOfTheOldModuleThatIsMoreThanAWarehouseGivesOutIsMigrated() throws IOException {
        sandbox.execute("CREATE TABLE " + annotations + " USING DELTA AS SELECT repeat('\"', 100000) AS annotation,"
                + " concat('large-', id) AS annotation_id, 'me' AS annotation_user_id, 'i1' AS input_id,"
                + " CAST(NULL AS STRING) AS annotation_created_at, CAST(NULL AS STRING) AS annotation_modified_at"
                + " FROM range(300)");

        summary(ConnectRun.run(sandbox, "migrate", annotations, "--json", "--app", app.id(), "--dataset", "pictures"));

        assertThat(count(annotations + " WHERE annotation_id LIKE 'large-%' AND length(annotation) = 100000"))
                .isEqualTo(300);
    }

    /** Everything that is not marked as deleted, but which run has written a row, and when. */
    private void assertSameAsFreshExport(String name) throws IOException {
        String freshInputs = inputs + "_" + name;
        String freshAnnotations = annotations + "_" + name;
        summary(run("export", freshInputs, freshAnnotations, "--preview=0"));
        assertThat(difference(inputs, freshInputs)).isEmpty();
        assertThat(difference(freshInputs, inputs)).isEmpty();
        assertThat(difference(annotations, freshAnnotations)).isEmpty();
        assertThat(difference(freshAnnotations, annotations)).isEmpty();
    }

    private List<Map<String, Object>> difference(String table, String other) {
        String columns = sandbox.query("DESCRIBE TABLE " + table).stream()
                .map(row -> (String) row.get("col_name"))
                .filter(name -> !List.of("run_id", "synced_at").contains(name))
                .collect(Collectors.joining(", "));
        String ours = " WHERE dataset_id = 'pictures' AND deleted_at IS NULL";
        return sandbox.query("SELECT " + columns + " FROM " + table + ours + " EXCEPT ALL SELECT " + columns + " FROM "
                + other + ours + " LIMIT 5");
    }

    private long count(String from) {
        return ((Number) sandbox.query("SELECT count(*) AS n FROM " + from)
                        .get(0)
                        .get("n"))
                .longValue();
    }

    private long version(String table) {
        return ((Number) sandbox.query("DESCRIBE HISTORY " + table + " LIMIT 1")
                        .get(0)
                        .get("version"))
                .longValue();
    }

    /** With the history of runs, which knows what the last run has read. */
    private Result runOn(String command, String... more) {
        return run(sandbox.settingsWith(Map.of("runs.history", "true")), command, inputs, annotations, more);
    }

    private Result run(String command, String inputsTable, String annotationsTable, String... more) {
        return run(sandbox.endpointsFile(), command, inputsTable, annotationsTable, more);
    }

    private Result run(Path config, String command, String inputsTable, String annotationsTable, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--json",
                "--app",
                app.id(),
                "--dataset",
                "pictures",
                "--inputs-table",
                inputsTable,
                "--annotations-table",
                annotationsTable));
        arguments.addAll(List.of(more));
        return ConnectRun.run(config, arguments.toArray(String[]::new));
    }
}
