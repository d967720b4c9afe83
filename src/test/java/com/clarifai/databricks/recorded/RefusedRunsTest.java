package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.clarifai.FakeClarifai.status;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says that may not do something, or gets no compute. */
class RefusedRunsTest {

    private static final String COMPUTE = "/api/2.0/sql/warehouses/" + RecordedFlow.WAREHOUSE;

    private final RecordedFlow flow = new RecordedFlow();

    @AfterEach
    void stop() {
        flow.close();
    }

    private static Answer warehouse(String state) {
        return json("{\"id\":\"w\",\"name\":\"W\",\"state\":\"" + state + "\"}");
    }

    private Ended importVolume() {
        return flow.importVolume(Map.of());
    }

    @Test
    void computeThatMayNotBeStartedOrHasNoQuotaIsToldApart() {
        flow.workspace()
                .on("GET " + COMPUTE, warehouse("STOPPED"))
                .on("POST " + COMPUTE + "/start", error(403, "PERMISSION_DENIED", "may not start"));
        Ended denied = importVolume();
        flow.workspace()
                .on(
                        "GET " + COMPUTE,
                        warehouse("STOPPED"),
                        json(
                                "{\"id\":\"w\",\"name\":\"W\",\"state\":\"STOPPED\",\"health\":{\"status\":\"FAILED\",\"failure_reason\":"
                                        + "{\"code\":\"AZURE_QUOTA_EXCEEDED_EXCEPTION\",\"type\":\"CLIENT_ERROR\"}}}"))
                .on("POST " + COMPUTE + "/start", json("{}"));
        Ended quota = importVolume();

        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.error()).contains("error: start warehouse " + RecordedFlow.WAREHOUSE, "CAN USE");
        assertThat(quota.exitCode()).isEqualTo(1);
        assertThat(quota.error())
                .contains("AZURE_QUOTA_EXCEEDED_EXCEPTION", "ask for a higher one", "databricks.warehouse-id");
    }

    private static final String HISTORY = "main.default._clarifai_runs";
    private static final String INTO_HISTORY = "INSERT INTO `main`.`default`.`_clarifai_runs`";

    private Ended updateWithHistory(String... more) {
        return flow.run(
                Map.of("runs.history", "true"),
                Stream.concat(
                                Stream.of(
                                        "update",
                                        "--app=app",
                                        "--dataset=pictures",
                                        "--inputs-table=main.default.none",
                                        "--annotations-table=main.default.annotations"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private void thereIsAHistory() {
        Map<String, String> columns = new LinkedHashMap<>();
        List.of(
                        "run_id",
                        "flow",
                        "subject",
                        "app_id",
                        "dataset_id",
                        "parameters",
                        "host",
                        "started_at",
                        "renewed_at",
                        "ended_at",
                        "counts",
                        "outcome",
                        "error",
                        "read_until",
                        "selection")
                .forEach(
                        name -> columns.put(name, name.endsWith("_at") || name.endsWith("l") ? "timestamp" : "string"));
        columns.put("", "");
        columns.put("Table Properties", "[databricks-connect.table=runs]");
        flow.sql().table(HISTORY, columns);
    }

    @Test
    void aRunThatIsRefusedOnceItsComputeWasReachedIsInTheHistoryWhereThereIsOne() {
        flow.clarifai().addDataset("pictures");

        assertThat(updateWithHistory().error()).contains("main.default.none", "does not exist");
        assertThat(flow.sql().statements("INSERT INTO"))
                .as("no history is made for it")
                .isEmpty();
        assertThat(flow.sql().statements("CREATE TABLE")).isEmpty();

        thereIsAHistory();
        Ended refused = updateWithHistory();

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).contains("main.default.none", "does not exist");
        assertThat(flow.sql().statements(INTO_HISTORY)).singleElement().satisfies(row -> assertThat(row.values())
                .contains("update-tables", "FAILED", "app", "pictures", "main.default.none app/pictures")
                .anySatisfy(value -> assertThat(value).contains("does not exist"))
                .anySatisfy(value -> assertThat(value).contains("\"inputsTable\":\"main.default.none\"")));

        flow.sql().forget();
        assertThat(updateWithHistory("--dry-run").exitCode()).isEqualTo(1);
        assertThat(flow.sql().statements(INTO_HISTORY)).as("a dry run is none").isEmpty();
    }

    /** The template has the frame for all of them. */
    @Test
    void aRefusedRunOfAFlowOfOnesOwnIsInTheHistoryToo(@TempDir Path folder) throws IOException {
        FileUtils.copyDirectory(Path.of("routes").toFile(), folder.toFile());
        FileUtils.copyDirectory(Path.of("examples/feed").toFile(), folder.toFile());
        thereIsAHistory();
        flow.sql().table("main.default.foreign", new LinkedHashMap<>(Map.of("salary", "string")));

        Ended refused = flow.run(
                Map.of("runs.history", "true", "routes.directory", folder.toString()),
                "run",
                "import-feed",
                "source=http://x.example/feed",
                "table=main.default.foreign",
                "app=app",
                "dataset=pictures");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(flow.sql().statements(INTO_HISTORY)).singleElement().satisfies(row -> assertThat(row.values())
                .contains("import-feed", "FAILED", "app", "pictures"));
    }

    @Test
    void aRunThatAnotherKeepsOutIsNoFailedOne(@TempDir Path folder) throws IOException {
        flow.clarifai().addDataset("pictures");
        thereIsAHistory();
        flow.sql()
                .row(
                        List.of("outcome = 'RUNNING'", "renewed_at >"),
                        Map.of(
                                "run_id",
                                "other",
                                "flow",
                                "import-volume",
                                "host",
                                "h",
                                "since",
                                1_764_366_000_000_000L));
        Path file = Files.writeString(folder.resolve("rows.csv"), "inputid,input\na,http://x.example/1.jpg\n");

        Ended refused = flow.run(
                Map.of("runs.history", "true"),
                "import",
                "csv",
                file.toString(),
                "--table=main.default.inputs",
                "--app=app",
                "--dataset=pictures");

        assertThat(refused.error()).contains("run other (import-volume) on host h has been working on");
        assertThat(flow.sql().statements(INTO_HISTORY)).isEmpty();
    }

    @Test
    void aRefusedRunThatCannotBeRecordedFailsForItsOwnReason() {
        flow.clarifai().addDataset("pictures");
        thereIsAHistory();
        flow.sql().fail(List.of(INTO_HISTORY), "[INSUFFICIENT_PERMISSIONS] may not write");

        assertThat(updateWithHistory().error()).contains("main.default.none", "does not exist");
    }

    @Test
    void nothingIsStartedOnlyToRecordThatARunWasRefused() {
        flow.workspace()
                .on("GET " + COMPUTE, warehouse("STOPPED"))
                .on(
                        "GET /api/2.1/unity-catalog/volumes/main.default.none",
                        error(403, "PERMISSION_DENIED", "User does not have READ VOLUME on Volume"));
        thereIsAHistory();

        assertThat(flow.run(
                                Map.of("runs.history", "true"),
                                "import",
                                "volume",
                                "--catalog=main",
                                "--schema=default",
                                "--volume=none",
                                "--table=main.default.inputs",
                                "--app=app",
                                "--dataset=pictures")
                        .exitCode())
                .isEqualTo(1);

        assertThat(flow.workspace().requests("POST"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/sql/"));
    }

    /** With the SDK's own chain, which is asked for keys as on a machine that has none. */
    @Test
    void withoutKeysForS3OneLineSaysWhatToSet() {
        assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI");
        Map<String, String> nothing = Map.of(
                "aws.disableEc2Metadata", "true",
                "aws.sharedCredentialsFile", "/nowhere/credentials",
                "aws.configFile", "/nowhere/config");
        nothing.forEach(System::setProperty);
        Ended ended;
        try {
            ended = flow.run(
                    Map.of("s3.region", "us-east-1"),
                    "import",
                    "csv",
                    "s3://bucket/inputs.csv",
                    "--table=main.default.inputs",
                    "--app=app",
                    "--dataset=pictures");
        } finally {
            nothing.keySet().forEach(System::clearProperty);
        }

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error())
                .isEqualTo(
                        "error: S3 needs keys: set s3.access-key and s3.secret-key (S3_ACCESS_KEY, S3_SECRET_KEY), or"
                                + " have AWS's own in the environment or in ~/.aws/credentials");
    }

    @Test
    void rightsThatAreMissingAreNamed() {
        flow.workspace()
                .on(
                        "GET /api/2.1/unity-catalog/volumes/main.default.photos",
                        error(403, "PERMISSION_DENIED", "User does not have READ VOLUME on Volume"));
        Ended volume = importVolume();
        flow.workspace().on("GET /api/2.1/unity-catalog/volumes/main.default.photos", json("{}"));
        flow.clarifai().refuseNext("GetApp", status(StatusCode.CONN_INSUFFICIENT_SCOPES, "Insufficient scopes"));
        Ended scope = importVolume();

        assertThat(volume.exitCode()).isEqualTo(1);
        assertThat(volume.error()).contains("error: get volume main.default.", "ask the owner to grant it");
        assertThat(scope.exitCode()).isEqualTo(1);
        assertThat(scope.error()).contains("error: ", "clarifai.pat", "lacks a scope");
        assertThat(flow.sql().statements("CREATE TABLE")).isEmpty();
    }

    @Test
    void aTokenThatExpiresInTheMiddleEndsTheRunWhichThenCanBeRepeated() {
        flow.sql()
                .row(
                        List.of("AS pending", "AS existing"),
                        Map.of("pending", 0, "existing", 0, "rejected", 0, "planned_at", 1));
        flow.workspace()
                .on(
                        "GET " + COMPUTE,
                        warehouse("STOPPED"),
                        error(401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type"))
                .on("POST " + COMPUTE + "/start", json("{}"));

        Ended expired = importVolume();
        flow.workspace().on("GET " + COMPUTE, warehouse("RUNNING"));
        Ended repeated = importVolume();

        assertThat(expired.exitCode()).isEqualTo(1);
        assertThat(expired.error())
                .contains("error: get warehouse", "has expired or been revoked", "databricks.token", "run it again");
        assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    }
}
