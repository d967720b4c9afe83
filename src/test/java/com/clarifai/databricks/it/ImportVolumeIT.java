package com.clarifai.databricks.it;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code import volume} on a volume of 1,000 images and every file that is hard to import; compared to the row. */
@TestInstance(Lifecycle.PER_CLASS) // names of its own when it is run again
@TestMethodOrder(OrderAnnotation.class)
class ImportVolumeIT {

    private static final int IMAGES = 1_000;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String volume = "corpus_" + suffix;
    private final String inputsTable = "main.default.inputs_" + suffix;

    private Sandbox sandbox;
    private ClarifaiApp app;
    private JsonNode manifest;
    private final Set<String> runIds = new HashSet<>();

    @BeforeAll
    void volumeOfHardFiles() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "import-" + suffix);
        sandbox.createVolume("main.default." + volume);
        manifest = sandbox.writeCorpus("main.default." + volume, IMAGES);
    }

    @BeforeEach
    void countCallsFromHere() {
        sandbox.clearCalls();
    }

    @Test
    @Order(0)
    void aDryRunSaysWhatWouldBeImportedAndMakesNeitherTableNorDataset() throws IOException {
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
        assertThat(importVolume("--dry-run").out()).startsWith("Dry run: nothing was written.");
    }

    @Test
    @Order(1)
    void datasetTableAndSummaryAgreeToTheRow() throws IOException {
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

    @Test
    @Order(2)
    void everyHardFileEndsAsTheManifestSays() {
        for (JsonNode special : manifest.path("special")) {
            String path = "/Volumes/main/default/" + volume + "/"
                    + special.path("path").asText();
            List<Map<String, Object>> rows = sandbox.query("SELECT status, status_message FROM " + inputsTable
                    + " WHERE source_uri = '" + path.replace("\\", "\\\\").replace("'", "\\'") + "'");
            String kind = special.path("kind").asText();
            if (kind.equals("nonImage")) {
                assertThat(rows).as(path).isEmpty();
            } else {
                assertThat(rows).as(path).hasSize(1);
                assertThat(rows.get(0))
                        .as(path)
                        .containsEntry("status", kind.equals("importable") ? "PROCESSED" : "REJECTED");
            }
        }
    }

    @Test
    @Order(3)
    void secondRunUploadsNothing() throws IOException {
        Map<String, Object> summary = summary(importVolume("--json"));

        assertThat(summary)
                .containsEntry("imported", 0)
                .containsEntry("existing", manifest.path("importable").asInt())
                .containsEntry("read", manifest.path("files").asInt());
        assertThat(sandbox.calls("clarifai:PostInputs")).isZero();
        assertThat(sandbox.calls("files:GET")).isZero();
    }

    @Test
    @Order(4)
    void oneNewFileIsOneUpload() throws IOException {
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.putFile("/Volumes/main/default/" + volume + "/new/arrival.png", image);
        sandbox.clearCalls();

        Map<String, Object> summary = summary(importVolume("--json"));

        assertThat(summary).containsEntry("imported", 1);
        assertThat(sandbox.calls("clarifai:PostInputs")).isEqualTo(1);
        assertThat(sandbox.calls("files:GET")).isEqualTo(1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .contains("arrival");
    }

    @Test
    @Order(5)
    void aFileThatLaterTakesTheSameNameGetsAnIdOfItsOwn() throws IOException {
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.putFile("/Volumes/main/default/" + volume + "/elsewhere/arrival.png", image);

        Map<String, Object> summary = summary(importVolume("--json"));

        assertThat(summary).containsEntry("imported", 1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .contains("arrival")
                .filteredOn(id -> id.startsWith("arrival-"))
                .hasSize(1);
    }

    @Test
    @Order(6)
    void inputsDeletedInClarifaiComeBackWithVerify() throws IOException {
        app.deleteInput("arrival");

        assertThat(summary(importVolume("--json", "--verify")))
                .containsEntry("imported", 1)
                .containsEntry("existing", manifest.path("importable").asInt() + 1);
        assertThat(app.datasetInputs(VolumeImport.DATASET))
                .extracting(Input::getId)
                .contains("arrival");
    }

    @Test
    @Order(7)
    void anInputInAStateOfUnknownMeaningIsKeptAndTriedAgainByTheNextRun() throws IOException {
        sandbox.inputStatus(app.id(), "arrival", 30777);

        assertThat(summary(importVolume("--json", "--verify")))
                .containsEntry("existing", manifest.path("importable").asInt() + 1)
                .containsEntry("unknown", 1);
        assertThat(app.inputs())
                .filteredOn(input -> input.getStatus().getCodeValue() == 30777)
                .extracting(Input::getId)
                .containsExactly("arrival");
        assertThat(sandbox.query("SELECT status_code FROM " + inputsTable + " WHERE status = 'UNKNOWN'"))
                .containsExactly(Map.of("status_code", 30777));

        sandbox.inputStatus(app.id(), "arrival", 30500);
        assertThat(summary(importVolume("--json")))
                .containsEntry("existing", manifest.path("importable").asInt() + 2)
                .doesNotContainKey("unknown");
    }

    @Test
    @Order(8)
    void aFileOfAnotherVolumeIsNotTakenForTheInputOfTheSameName() throws IOException {
        String other = "other_" + suffix;
        sandbox.createVolume("main.default." + other);
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.putFile("/Volumes/main/default/" + other + "/arrival.png", image);
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

    @Test
    @Order(9)
    void rejectsFailTheRunOnlyWhenAskedTo() {
        Result result = importVolume("--json", "--fail-on-rejects");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("\"rejected\"");
    }

    @Test
    @Order(10)
    void nothingIsLeftInTheStagingVolume() {
        assertThat(runIds).isNotEmpty();
        // a run that another test has killed may have left its folder
        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging")).doesNotContainAnyElementsOf(runIds);
    }

    private Result importVolume(String... more) {
        return ConnectRun.run(sandbox, VolumeImport.arguments(volume, inputsTable, app, more));
    }

    private Result importVolumeInto(String volume, String table, String... more) {
        return ConnectRun.run(sandbox, VolumeImport.arguments(volume, table, app, more));
    }

    /** Standard output must be one JSON object and nothing else. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> summary(Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        Map<String, Object> summary =
                new ObjectMapper().readValue(result.out().getBytes(StandardCharsets.UTF_8), Map.class);
        runIds.add((String) summary.get("runId"));
        return summary;
    }
}
