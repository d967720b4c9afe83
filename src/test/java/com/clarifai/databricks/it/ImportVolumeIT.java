package com.clarifai.databricks.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.StatusCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code import volume}; dataset, table and summary compared to the row. */
class ImportVolumeIT {

    private static final int IMAGES = 300;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String volume = "corpus_" + suffix;
    private final String inputsTable = "main.default.inputs_" + suffix;
    private final Sandbox sandbox = Sandbox.shared();
    private final ClarifaiApp app = ClarifaiApp.create(sandbox, "import-" + suffix);
    private final Set<String> runIds = new HashSet<>();

    @BeforeEach
    void emptyVolume() {
        sandbox.createVolume("main.default." + volume);
    }

    /** Images of all formats and every file that is hard to import. */
    @Test
    void aDryRunTheRunAndTheNextOneAgreeToTheRow() throws IOException {
        JsonNode manifest = sandbox.writeCorpus("main.default." + volume, IMAGES);

        assertADryRunSaysWhatWouldBeImportedAndMakesNeitherTableNorDataset(manifest);
        assertDatasetTableAndSummaryAgree(manifest);
        assertEveryHardFileEndsAsTheManifestSays(manifest);
        assertASecondRunUploadsNothingAndFailsForItsRejectsWhenAsked(manifest);

        assertThat(runIds).hasSize(3);
        // a run that another test has killed may have left its folder
        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging")).doesNotContainAnyElementsOf(runIds);
    }

    private void assertADryRunSaysWhatWouldBeImportedAndMakesNeitherTableNorDataset(JsonNode manifest)
            throws IOException {
        Result result = importVolume("--json", "--dry-run");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(summary(result))
                .containsEntry("dryRun", true)
                .containsEntry("read", manifest.path("files").asInt())
                // that a file is corrupt only Clarifai finds out
                .containsEntry(
                        "imported",
                        manifest.path("importable").asInt()
                                + manifest.path("corrupt").asInt())
                .containsEntry(
                        "rejected",
                        manifest.path("empty").asInt()
                                + manifest.path("tooLarge").asInt())
                .containsEntry("skipped", manifest.path("nonImages").asInt());
        assertThat(sandbox.tableExists(inputsTable)).isFalse();
        assertThat(app.datasets()).isEmpty();
    }

    private void assertDatasetTableAndSummaryAgree(JsonNode manifest) throws IOException {
        Result result = importVolume("--json");

        int files = manifest.path("files").asInt();
        int importable = manifest.path("importable").asInt();
        int rejected = manifest.path("corrupt").asInt()
                + manifest.path("empty").asInt()
                + manifest.path("tooLarge").asInt();
        assertThat(importable).isGreaterThanOrEqualTo(IMAGES);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(summary(result))
                .containsEntry("flow", "import-volume")
                .containsEntry("read", files)
                .containsEntry("imported", importable)
                .containsEntry("existing", 0)
                .containsEntry("rejected", rejected)
                .containsEntry("skipped", manifest.path("nonImages").asInt());

        List<Map<String, Object>> table = sandbox.query("SELECT * FROM " + inputsTable);
        assertThat(table).hasSize(importable + rejected);
        assertThat(table).extracting(row -> row.get("input_id")).doesNotHaveDuplicates();
        assertThat(table).extracting(row -> row.get("source_uri")).doesNotHaveDuplicates();
        assertThat(table).allSatisfy(row -> {
            assertThat(row).containsEntry("app_id", app.id()).containsEntry("dataset_id", VolumeImport.DATASET);
            if ("PROCESSED".equals(row.get("status"))) {
                assertThat(row.get("image_info").toString()).contains("\"width\"", "\"height\"", "\"format\"");
                assertThat(row.get("input_created_at")).isNotNull();
                assertThat(row.get("status_code")).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS_VALUE);
            } else {
                assertThat(row).containsEntry("status", "REJECTED");
                assertThat(row.get("status_message").toString()).isNotBlank();
            }
        });

        Set<String> tracked = new HashSet<>();
        table.stream()
                .filter(row -> "PROCESSED".equals(row.get("status")))
                .forEach(row -> tracked.add((String) row.get("input_id")));
        List<Input> dataset = app.datasetInputs(VolumeImport.DATASET);
        assertThat(dataset).extracting(Input::getId).doesNotHaveDuplicates();
        assertThat(dataset).extracting(Input::getId).containsExactlyInAnyOrderElementsOf(tracked);
        assertThat(dataset).allMatch(input -> input.getStatus().getCode() == StatusCode.INPUT_DOWNLOAD_SUCCESS);
        assertThat(app.inputs()).as("no failed input is left in the app").hasSameSizeAs(dataset);
    }

    private void assertEveryHardFileEndsAsTheManifestSays(JsonNode manifest) {
        Map<Object, Object> statuses = new HashMap<>();
        sandbox.query("SELECT source_uri, status FROM " + inputsTable)
                .forEach(row -> statuses.put(row.get("source_uri"), row.get("status")));
        for (JsonNode special : manifest.path("special")) {
            String path = "/Volumes/main/default/" + volume + "/"
                    + special.path("path").asText();
            String status =
                    switch (special.path("kind").asText()) {
                        case "nonImage" -> null;
                        case "importable" -> "PROCESSED";
                        default -> "REJECTED";
                    };
            assertThat(statuses.get(path)).as(path).isEqualTo(status);
        }
    }

    private void assertASecondRunUploadsNothingAndFailsForItsRejectsWhenAsked(JsonNode manifest) throws IOException {
        sandbox.clearCalls();

        Result result = importVolume("--json", "--fail-on-rejects");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(counts(result))
                .containsEntry("imported", 0)
                .containsEntry("existing", manifest.path("importable").asInt())
                .containsEntry("read", manifest.path("files").asInt());
        assertThat(sandbox.calls("clarifai:PostInputs")).isZero();
        assertThat(sandbox.calls("files:GET")).isZero();
    }

    @Test
    void whatIsNewHasTheNameOfAnotherIsGoneOrIsInAStateOfUnknownMeaning() throws IOException {
        put(volume, "first.png");
        summary(importVolume("--json"));
        put(volume, "new/arrival.png");
        sandbox.clearCalls();

        assertThat(summary(importVolume("--json"))).containsEntry("imported", 1);
        assertThat(sandbox.calls("clarifai:PostInputs")).isEqualTo(1);
        assertThat(sandbox.calls("files:GET")).isEqualTo(1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .containsExactlyInAnyOrder("first", "arrival");

        put(volume, "elsewhere/arrival.png");
        app.deleteInput("first");
        assertThat(summary(importVolume("--json", "--verify")))
                .containsEntry("imported", 2)
                .containsEntry("existing", 1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .hasSize(3)
                .contains("first", "arrival")
                .filteredOn(id -> id.startsWith("arrival-"))
                .hasSize(1);

        sandbox.inputStatus(app.id(), "arrival", 30777);
        assertThat(summary(importVolume("--json", "--verify")))
                .containsEntry("existing", 2)
                .containsEntry("unknown", 1);
        assertThat(app.inputs())
                .filteredOn(input -> input.getStatus().getCodeValue() == 30777)
                .extracting(Input::getId)
                .containsExactly("arrival");
        assertThat(sandbox.query("SELECT status_code FROM " + inputsTable + " WHERE status = 'UNKNOWN'"))
                .containsExactly(Map.of("status_code", 30777));

        sandbox.inputStatus(app.id(), "arrival", 30500);
        assertThat(summary(importVolume("--json"))).containsEntry("existing", 3).doesNotContainKey("unknown");
    }

    @Test
    void aFileOfAnotherVolumeIsNotTakenForTheInputOfTheSameName() throws IOException {
        put(volume, "arrival.png");
        summary(importVolume("--json"));
        String other = "other_" + suffix;
        sandbox.createVolume("main.default." + other);
        put(other, "arrival.png");
        String table = inputsTable + "_other";

        assertThat(summary(importVolumeInto(other, table, "--json", "--dry-run")))
                .containsEntry("imported", 1);
        assertThat(summary(importVolumeInto(other, table, "--json"))).containsEntry("imported", 1);
        assertThat(summary(importVolumeInto(other, table, "--json"))).containsEntry("existing", 1);
        assertThat(summary(importVolumeInto(other, inputsTable + "_else", "--json")))
                .as("into another table")
                .containsEntry("existing", 1);
        List<Map<String, Object>> rows = sandbox.query("SELECT input_id, status, input_metadata FROM " + inputsTable
                + "_other UNION SELECT input_id, status, input_metadata FROM " + inputsTable + "_else");
        assertThat(rows).hasSize(1);
        assertThat((String) rows.get(0).get("input_id")).matches("arrival-[0-9a-f]{16}");
        assertThat(rows.get(0))
                .containsEntry("status", "PROCESSED")
                .containsEntry(
                        "input_metadata", "{\"source_uri\":\"/Volumes/main/default/" + other + "/arrival.png\"}");
    }

    /** From the cloud store, and then by Clarifai itself; by the Files API in all other tests. */
    @Tag("nightly")
    @Test
    void whatWasRejectedIsListedAndTriedAgainOnlyWhenThatIsAskedFor() throws IOException {
        put(volume, "good.png");
        sandbox.putFile("/Volumes/main/default/" + volume + "/broken.png", "no picture".getBytes(UTF_8));
        assertThat(summary(importVolume("--json"))).containsEntry("imported", 1).containsEntry("rejected", 1);
        // as if Clarifai had refused that one, too, for a reason that has passed
        app.deleteInput("good");
        sandbox.execute("UPDATE " + inputsTable
                + " SET status = 'REJECTED', status_message = 'out of sorts' WHERE input_id = 'good'");
        sandbox.clearCalls();

        assertThat(summary(importVolume("--json"))).containsEntry("imported", 0).containsEntry("rejected", 2);
        assertThat(sandbox.calls("clarifai:PostInputs")).isZero();
        assertRejected("broken.png", "good.png");

        assertThat(summary(importVolume("--json", "--retry-rejected")))
                .containsEntry("imported", 1)
                .containsEntry("rejected", 1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .containsExactly("good");
        assertRejected("broken.png");

        sandbox.putFile(
                "/Volumes/main/default/" + volume + "/rows.csv",
                "inputid,input\nrow-1,ftp://nowhere/a.png\n".getBytes(UTF_8));
        summary(ConnectRun.run(
                sandbox,
                "import",
                "csv",
                "/Volumes/main/default/" + volume + "/rows.csv",
                "--json",
                "--table=" + inputsTable,
                "--app=" + app.id(),
                "--dataset=" + VolumeImport.DATASET));
        assertRejected("broken.png", "rows.csv#line=2");
    }

    /** By the command, of both tables. */
    private void assertRejected(String... names) throws IOException {
        Result rejects = ConnectRun.run(sandbox, "rejects", inputsTable, "--json");
        assertThat(rejects.exitCode()).as(rejects.err()).isZero();
        List<String> sources = new ObjectMapper().readTree(rejects.out()).findValuesAsText("source");
        assertThat(sources)
                .as(rejects.out())
                .containsExactlyInAnyOrderElementsOf(Stream.of(names)
                        .map(name -> "/Volumes/main/default/" + volume + "/" + name)
                        .toList());
        assertThat(new ObjectMapper().readTree(rejects.out()).findValuesAsText("reason"))
                .doesNotContain("", "null");
    }

    @Tag("nightly")
    @Test
    void picturesTakeTheWayThatIsPermitted() throws IOException {
        sandbox.setting("external-access", 1);
        sandbox.setting("external-use-schema", 1);
        try {
            put(volume, "second.png");
            sandbox.clearCalls();
            Map<String, Object> direct = summary(importVolume("--json"));
            assertThat(direct).containsEntry("imported", 1);
            assertThat(direct.get("notes")).asString().contains("transfer: direct, from s3://");
            assertThat(sandbox.calls("files:GET")).isZero();

            put(volume, "third.png");
            Result byUrl = importVolume("--json", "--transfer", "by-url");
            assertThat(summary(byUrl)).containsEntry("imported", 1);
            assertThat(byUrl.out() + byUrl.err()).doesNotContain("X-Amz-");
            assertThat(sandbox.query(
                            "SELECT status, image_url FROM " + inputsTable + " WHERE source_uri LIKE '%third.png'"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("status", "PROCESSED"))
                    .satisfies(row ->
                            assertThat(row.get("image_url")).asString().endsWith("/default/" + volume + "/third.png"));
            assertThat(sandbox.calls("files:GET")).isZero();
        } finally {
            sandbox.setting("external-access", 0);
            sandbox.setting("external-use-schema", 0);
        }
    }

    private void put(String volume, String path) throws IOException {
        sandbox.putFile(
                "/Volumes/main/default/" + volume + "/" + path,
                Files.readAllBytes(Path.of("src/test/resources/pixel.png")));
    }

    private Result importVolume(String... more) {
        return ConnectRun.run(sandbox, VolumeImport.arguments(volume, inputsTable, app, more));
    }

    private Result importVolumeInto(String volume, String table, String... more) {
        return ConnectRun.run(sandbox, VolumeImport.arguments(volume, table, app, more));
    }

    private Map<String, Object> summary(Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return counts(result);
    }

    /** Standard output must be one JSON object and nothing else. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> counts(Result result) throws IOException {
        Map<String, Object> summary =
                new ObjectMapper().readValue(result.out().getBytes(StandardCharsets.UTF_8), Map.class);
        runIds.add((String) summary.get("runId"));
        return summary;
    }
}
