package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CheckIT {

    private final Sandbox sandbox = Sandbox.shared();

    @Test
    void everyRightThatTheFlowsNeedIsTriedAndNothingIsLeftBehind() throws IOException {
        String digits = UUID.randomUUID().toString().substring(0, 8);
        String schema = "checked_" + digits;
        sandbox.execute("CREATE SCHEMA main." + schema);
        sandbox.execute("CREATE TABLE main." + schema + ".mine USING DELTA AS SELECT 'a' AS input_id");
        ClarifaiApp app = ClarifaiApp.create(sandbox, "checked-" + digits);
        String csv = sandbox.putObject("checked/" + digits + ".csv", "inputid,input\n".getBytes());

        Result result = ConnectRun.run(
                sandbox,
                "check",
                "--json",
                "--catalog=main",
                "--schema=" + schema,
                "--table=mine",
                "--app=" + app.id(),
                "--dataset=photos",
                "--s3=" + csv,
                "--deep");

        Map<String, String> statuses = statuses(result);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        for (String notAskedFor : List.of("volume", "transfer", "cluster", "cluster-token")) {
            assertThat(statuses.remove(notAskedFor)).as(notAskedFor).isEqualTo("skipped");
        }
        assertThat(result.out()).contains("\"detail\":\"" + sandbox.setting("clarifai.user-id") + "\"");
        assertThat(statuses).hasSize(28).values().as(result.out()).containsOnly("ok", "fact");
        assertThat(statuses.values()).filteredOn("fact"::equals).hasSize(9);
        assertThat(app.datasets()).isEmpty();
        // Clarifai deletes some time after it was asked to
        await().atMost(Duration.ofMinutes(3)).until(() -> app.inputs().isEmpty());
        assertThat(sandbox.query("SHOW TABLES IN main." + schema)).hasSize(1);
        assertThat(sandbox.query("DESCRIBE HISTORY main." + schema + ".mine")).hasSize(1);
        assertThat(sandbox.listFolder("/Volumes/main/" + schema + "/clarifai_staging"))
                .isEmpty();
    }

    /** The test above has the sandbox's own answers; these are the others that the services may give. */
    @Tag("nightly")
    @Test
    void theFlowsTakeTheOtherAnswersToWhatNobodyHasDocumented() throws IOException {
        String digits = UUID.randomUUID().toString().substring(0, 8);
        String schema = "facts_" + digits;
        sandbox.execute("CREATE SCHEMA main." + schema);
        ClarifaiApp app = ClarifaiApp.create(sandbox, "facts-" + digits);
        Map<String, Integer> others = Map.of(
                "unknown-ids", 11101,
                "patched-input", 30000,
                "readable-user", 0,
                "free-ids", 1,
                "tied-members", 1,
                "reindex-delay", 500);
        others.forEach(sandbox::setting);
        try {
            Result result = ConnectRun.run(
                    sandbox, "check", "--catalog=main", "--schema=" + schema, "--app=" + app.id(), "--deep");

            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(result.out())
                    .containsPattern("fact +unknown-ids .*: 11101 CONN_DOES_NOT_EXIST, 0 inputs")
                    .containsPattern("fact +patch-codes .* item 30000 .*states .*30501 INPUT_REINDEX_PENDING, 30000")
                    .containsPattern("fact +input-ids .*'.' 30001, .*'/' 39999")
                    .containsPattern("fact +job-ids .*with a dot 10000 SUCCESS")
                    .containsPattern(
                            "fact +listing-order .*8 inputs of one request have 1 different times.* 0 missing");
        } finally {
            Map.of(
                            "unknown-ids", 0,
                            "patched-input", 30200,
                            "readable-user", 1,
                            "free-ids", 0,
                            "tied-members", 0,
                            "reindex-delay", 0)
                    .forEach(sandbox::setting);
        }
        assertThat(app.datasets()).isEmpty();
        // Clarifai deletes some time after it was asked to
        await().atMost(Duration.ofMinutes(3)).until(() -> app.inputs().isEmpty());
    }

    @Test
    void everyFailureHasItsFixAndKeepsOnlyWhatNeedsItFromBeingChecked() {
        Result result = ConnectRun.run(
                sandbox.settingsWith(Map.of("clarifai.pat", "nobody-has-this-token")),
                "check",
                "--catalog=main",
                "--schema=default",
                "--volume=nowhere",
                "--table=main.default.not_there_yet",
                "--app=any",
                "--s3=s3://no-such-bucket/rows.csv");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("ok +workspace .*"))
                .anyMatch(
                        line -> line.matches("FAILED +volume .*nowhere.*databricks-connect list.*needs READ VOLUME.*"))
                .anyMatch(line -> line.matches("ok +new-table .*"))
                .anyMatch(line -> line.matches("ok +table .*not there yet.*"))
                .anyMatch(line -> line.matches("FAILED +clarifai .*clarifai\\.pat.*"))
                .anyMatch(line -> line.matches("skipped +app +clarifai failed"))
                .anyMatch(line -> line.matches("FAILED +s3 .*no-such-bucket.*"))
                .anyMatch(line -> line.matches("skipped +import +--deep is not given"));
        assertThat(result.out()).doesNotContain("nobody-has-this-token");
    }

    @Tag("nightly")
    @Test
    void whatAMiniatureRunThatFailsHasMadeIsRemoved() throws IOException {
        String digits = UUID.randomUUID().toString().substring(0, 8);
        String schema = "broken_" + digits;
        sandbox.execute("CREATE SCHEMA main." + schema);
        ClarifaiApp app = ClarifaiApp.create(sandbox, "broken-" + digits);
        sandbox.fault("clarifai:ListAnnotations=code:11008");
        try {
            Result result = ConnectRun.run(
                    sandbox, "check", "--json", "--catalog=main", "--schema=" + schema, "--app=" + app.id(), "--deep");

            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
            assertThat(statuses(result))
                    .containsEntry("import", "ok")
                    .containsEntry("export", "failed")
                    .containsEntry("update", "skipped")
                    .containsEntry("clean-tables", "ok")
                    .containsEntry("clean-dataset", "ok");
        } finally {
            sandbox.clearFaults();
        }
        assertThat(app.datasets()).isEmpty();
        assertThat(sandbox.query("SHOW TABLES IN main." + schema)).isEmpty();
    }

    @Test
    void whoMayMakeNeitherVolumesNorTablesImportsIntoThoseThatAreThere() throws IOException {
        String schema = "given_" + UUID.randomUUID().toString().substring(0, 8);
        String volume = "main." + schema + ".pictures";
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.execute("CREATE SCHEMA main." + schema);
        sandbox.createVolume(volume);
        sandbox.putFile("/Volumes/main/" + schema + "/pictures/a.png", image);
        ClarifaiApp app = ClarifaiApp.create(sandbox, schema.replace('_', '-'));
        String[] importing = {
            "import",
            "volume",
            "--catalog=main",
            "--schema=" + schema,
            "--volume=pictures",
            "--table=inputs",
            "--app=" + app.id(),
            "--dataset=photos"
        };
        // the history of runs is a table as well, which other tests leave out
        Path settings = sandbox.settingsWith(Map.of("runs.history", "true"));
        assertThat(ConnectRun.run(settings, importing).exitCode()).isZero();

        sandbox.mayCreateIn("main." + schema, false);
        sandbox.putFile("/Volumes/main/" + schema + "/pictures/b.png", image);
        Result imported = ConnectRun.run(settings, importing);
        Result checked = ConnectRun.run(
                sandbox, "check", "--catalog=main", "--schema=" + schema, "--table=inputs", "--app=" + app.id());

        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.err()).doesNotContain("Rows go through a table");
        assertThat(sandbox.query("SELECT 1 FROM main." + schema + ".inputs WHERE status = 'PROCESSED'"))
                .hasSize(2);
        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("no table can be made in main." + schema);
    }

    private static Map<String, String> statuses(Result result) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(result.out()).path("checks")) {
            statuses.put(check.path("check").asText(), check.path("status").asText());
        }
        return statuses;
    }
}
