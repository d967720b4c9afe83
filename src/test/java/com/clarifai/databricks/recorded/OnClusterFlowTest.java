package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.databricks.FakeWorkspace.answering;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.status.StatusCode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run says and leaves whose job on the cluster comes to an early end, and one whose process does. */
class OnClusterFlowTest {

    private static final String RUNS = "/api/2.1/jobs/runs";
    private static final String CLUSTER = "0101-000000-mine0001";
    private static final String FILE = "/Volumes/main/default/files/rows.csv";

    private static final List<String> IMPORT = List.of(
            "import",
            "csv",
            FILE,
            "--on=cluster",
            "--json",
            "--table=main.default.inputs",
            "--app=app",
            "--dataset=pictures");
    private static final List<String> EXPORT = List.of(
            "export",
            "--on=cluster",
            "--json",
            "--preview=0",
            "--app=app",
            "--dataset=pictures",
            "--inputs-table=main.default.inputs",
            "--annotations-table=main.default.annotations");

    private final RecordedFlow flow = new RecordedFlow();

    private List<String> command = IMPORT;

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void cluster() throws IOException {
        jar = Files.writeString(folder.resolve("cluster.jar"), "a jar");
        flow.file(FILE, "inputid,input\none,http://x.example/1.jpg\ntwo,http://x.example/2.jpg\nnot an id!,\n");
        flow.workspace()
                .on(
                        "GET /api/2.1/clusters/get",
                        json("{\"cluster_id\":\"" + CLUSTER + "\",\"cluster_name\":\"mine\",\"state\":\"RUNNING\","
                                + "\"data_security_mode\":\"SINGLE_USER\",\"spark_version\":\"16.4.x-scala2.12\"}"))
                .on("GET " + RUNS + "/list", json("{\"has_more\": false}"))
                .on("POST " + RUNS + "/submit", json("{\"run_id\": 7}"))
                .on("POST " + RUNS + "/cancel", json("{}"));
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    private Ended run(String... more) {
        return run(Map.of(), more);
    }

    /** @param settings besides those of the cluster */
    private Ended run(Map<String, String> settings, String... more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("cluster.id", CLUSTER, "cluster.jar", jar.toString()));
        return flow.run(all, Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private static Answer job(String lifeCycle, String result, String code, String message) {
        return json("""
                {"run_id": 7, "run_name": "n", "run_page_url": "https://w/run/7",
                 "state": {"life_cycle_state": "%s", "result_state": "%s", "state_message": "%s"},
                 "status": {"termination_details": {"code": "%s"}}, "tasks": [{"run_id": 8}]}
                """.formatted(lifeCycle, result, message, code));
    }

    /** The folder of the run whose job was submitted last. */
    private String submitted() {
        List<Request> submissions = flow.workspace().requests("POST").stream()
                .filter(request -> request.target().equals(RUNS + "/submit"))
                .toList();
        try {
            return new ObjectMapper()
                    .readTree(submissions.get(submissions.size() - 1).body())
                    .at("/tasks/0/spark_jar_task/parameters/0")
                    .asText()
                    .replace("/task.json", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders of runs. */
    private List<String> removed() {
        return flow.workspace().requests("DELETE").stream()
                .map(Request::target)
                .filter(target -> target.contains("/fs/directories"))
                .map(target -> target.replaceFirst(".*/fs/directories", ""))
                .filter(path -> path.matches("/Volumes/main/default/clarifai_staging/[^/]+"))
                .toList();
    }

    /** A run that ended, as if killed: what it has staged is still there. */
    private String leave() {
        flow.workspace().on("GET " + RUNS + "/get", error(400, "INVALID_STATE", "away"));
        run();
        String left = submitted();
        flow.workspace().requests("PUT").stream()
                .filter(request -> request.target().contains(left))
                .forEach(request ->
                        flow.file(request.target().replaceFirst("/api/2.0/fs/files([^?]*).*", "$1"), request.body()));
        return left;
    }

    /** The same, whose job came to its end while nobody waited. */
    private String leaveDoneJob() {
        String left = leave();
        endWell(left);
        flow.file(left + "/done", "");
        flow.sql()
                .row(
                        List.of("SELECT run_id FROM `main`.`default`.`_clarifai_runs`", "'DIED'"),
                        Map.of("run_id", left.substring(left.lastIndexOf('/') + 1)));
        flow.workspace().on("GET " + RUNS + "/get", answering((path, body) -> {
            endWell(submitted());
            return job("TERMINATED", "SUCCESS", "SUCCESS", "");
        }));
        return left;
    }

    /** What a job has told last that worked on a folder. */
    private void endWell(String folder) {
        flow.file(
                folder + "/outcome.json",
                "{\"done\": 3, \"ends\": {\"IMPORTED\": 2, \"REJECTED\": 1}, \"annotations\": 0,"
                        + " \"rejectedAnnotations\": 0}");
    }

    private long submissions() {
        return flow.workspace().requests("POST").stream()
                .filter(request -> request.target().equals(RUNS + "/submit"))
                .count();
    }

    /** The same while its job was running. */
    private String leaveJob() {
        String left = leave();
        flow.workspace()
                .on(
                        "GET " + RUNS + "/list",
                        json("{\"runs\": [{\"run_id\": 7, \"run_name\": \"databricks-connect import-csv"
                                + " main.default.inputs app/pictures\", \"state\": {\"life_cycle_state\": \"RUNNING\"},"
                                + " \"tasks\": [{\"run_id\": 8, \"spark_jar_task\": {\"parameters\": [\"" + left
                                + "/task.json\"]}}]}]}"))
                .on("GET " + RUNS + "/get", answering((path, body) -> {
                    endWell(left);
                    return job("TERMINATED", "SUCCESS", "SUCCESS", "");
                }));
        return left;
    }

    @Test
    void theJobThatAKilledRunHasLeftIsTakenOverWithWhatThatOneHadCounted() {
        String left = leaveJob();

        Ended again = run();

        assertThat(again.summary())
                .containsEntry("read", 3)
                .containsEntry("imported", 2)
                .containsEntry("rejected", 1)
                .containsEntry("existing", 0)
                .containsEntry("notes", List.of("read as: UTF-8, comma, quotes doubled"));
        assertThat(submitted()).as("no other job was submitted").isEqualTo(left);
        assertThat(flow.workspace().requests("POST"))
                .filteredOn(request -> request.target().equals(RUNS + "/submit"))
                .hasSize(1);
        assertThat(removed())
                .as("its folder, once by the run that ended and once more, and the new run's own")
                .contains(left)
                .hasSize(3);
    }

    @Test
    void whatAJobHasDoneWhileNobodyWaitedForItIsTakenOverWithWhatTheKilledRunHadCounted() {
        String left = leaveDoneJob();

        Ended again = run(Map.of("runs.history", "true"));

        assertThat(again.summary())
                .containsEntry("read", 3)
                .containsEntry("imported", 2)
                .containsEntry("rejected", 1)
                .containsEntry("existing", 0);
        assertThat(submissions()).as("no other job was submitted").isOne();
        assertThat(removed()).as("its folder is removed").contains(left).hasSize(3);
    }

    @Test
    void whatAJobHasDoneForOtherParametersIsNotTakenOver() {
        String left = leaveDoneJob();

        Ended again = run(Map.of("runs.history", "true"), "--on-existing=merge");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(submissions()).as("a job of its own").isEqualTo(2);
        assertThat(removed())
                .as("the killed run's own end, which was none, and this one's")
                .hasSize(2)
                .contains(left);
    }

    @Test
    void whatChangesWhileTheJobOfAKilledRunReadsOrLaterIsReadAgain() {
        command = EXPORT;
        flow.clarifai().addDataset("pictures");
        String left = leaveDoneJob();
        flow.file(
                left + "/outcome.json",
                "{\"inputs\": 0, \"annotations\": 0, \"stagedInputs\": 0, \"stagedAnnotations\": 0,"
                        + " \"latestChange\": \"2099-01-01T00:00:00Z\", \"partly\": false}");
        Instant begun = Instant.now();
        flow.clarifai().addInput("new", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        flow.clarifai().addDataset("pictures", "new");

        Ended again = run(Map.of("runs.history", "true"));

        assertThat(again.summary())
                .as("that is no sign of a list that lacked something")
                .doesNotContainKey("inputsCounted");
        assertThat(flow.sql().statements("read_until = CASE")).singleElement().satisfies(end -> assertThat(end.values())
                .filteredOn(value -> value != null && value.matches("20\\d\\d-.*Z"))
                .isNotEmpty()
                .allSatisfy(time -> assertThat(Instant.parse(time)).isBefore(begun)));
    }

    /** Among them none whose image can be got here; {@code DatasetOnClusterIT} has those. */
    @Test
    void inputsThatAJobHasReadPassByTheirImagesBeforeTheyAreStaged() throws IOException {
        command = EXPORT;
        flow.clarifai().addDataset("pictures");
        String text = "{\"input_id\":\"told\",\"input_type\":\"text\",\"concepts\":[{\"id\":\"cat\",\"value\":0.1}],"
                + "\"input_created_at\":\"2026-01-01T00:00:00.000001Z\"}";
        String elsewhere = "{\"input_id\":\"away\",\"image_url\":\"http://x.example/1.jpg\",\"longitude\":1.25}";
        flow.workspace().on("GET " + RUNS + "/get", answering((path, body) -> {
            flow.file(
                    submitted() + "/outcome.json",
                    "{\"inputs\": 3, \"annotations\": 4, \"stagedInputs\": 2, \"stagedAnnotations\": 4,"
                            + " \"latestChange\": \"2026-01-01T00:00:00Z\", \"partly\": false}");
            flow.file(submitted() + "/read/inputs/part-00000.txt.gz", gzip(text + "\n" + elsewhere + "\n"));
            flow.file(submitted() + "/read/inputs/_SUCCESS", "");
            return job("TERMINATED", "SUCCESS", "SUCCESS", "");
        }));

        Ended ended = run("--images", "--volume=/Volumes/main/default/photos/out");

        assertThat(ended.summary())
                .containsEntry("inputs", 3)
                .containsEntry("annotations", 4)
                .containsEntry("images", 0)
                .containsEntry("imagesFailed", 1);
        assertThat(flow.staged("inputs/[^n]"))
                .extracting(row -> row.get("input_id"), row -> row.get("input_created_at"), row -> row.get("longitude"))
                .containsExactly(tuple("told", "2026-01-01T00:00:00.000001Z", null), tuple("away", null, 1.25));
        assertThat(flow.staged("inputs/[^n]").get(0))
                .containsEntry("concepts", List.of(Map.of("id", "cat", "value", 0.1)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aJobThatHasNotDoneAllOfItsWorkIsNotTakenOverWhenItHasEnded() {
        String left = leaveDoneJob();
        flow.forget(left + "/done");

        Ended again = run(Map.of("runs.history", "true"));

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(submissions()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SKIPPED        | MAXIMUM_CONCURRENT_RUNS_REACHED | WORKSPACE_RUN_LIMIT_EXCEEDED | ask for a higher quota, CLUSTER_ID
            INTERNAL_ERROR | FAILED   | CLUSTER_ERROR AZURE_QUOTA_EXCEEDED | ask for a higher quota, CLUSTER_ID
            INTERNAL_ERROR | FAILED   | CLUSTER_ERROR              | under Compute, CLUSTER_ID, run it again
            INTERNAL_ERROR | FAILED   | CLOUD_FAILURE              | try later, CLUSTER_NEW
            INTERNAL_ERROR | FAILED   | UNAUTHORIZED_ERROR         | CAN ATTACH TO, CLUSTER_ID
            INTERNAL_ERROR | FAILED   | LIBRARY_INSTALLATION_ERROR | access mode Dedicated, READ VOLUME, CLUSTER_ID
            INTERNAL_ERROR | FAILED   | DRIVER_ERROR               | more memory, run it again
            TERMINATED     | TIMEDOUT | CANCELED                   | TIMEDOUT, CLUSTER_TIMEOUT
            TERMINATED     | CANCELED | USER_CANCELED              | somebody has cancelled its job, run it again
            TERMINATED     | FAILED   | SOMETHING_NEW              | SOMETHING_NEW, run it again
            """)
    void anEarlyEndOfTheJobIsToldInOneLineWithWhatToDoAndLeavesNothing(
            String lifeCycle, String result, String code, String told) throws IOException {
        String[] codeAndReason = code.split(" ");
        flow.workspace()
                .on(
                        "GET " + RUNS + "/get",
                        job(lifeCycle, result, codeAndReason[0], "said " + codeAndReason[codeAndReason.length - 1]));

        Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains(told.split(", "));
        assertThat(removed()).containsExactly(submitted());
    }

    @Test
    void aClusterThatIsMadeForTheRunHasTheSecretsThatItsDescriptionNames() throws IOException {
        String described =
                "{\"spark_version\": \"16.4.x-scala2.12\", \"node_type_id\": \"m5d.large\", \"spark_env_vars\":"
                        + " {\"CLARIFAI_PAT\": \"{{secrets/clarifai/CLARIFAI_PAT}}\"}}";
        flow.workspace().on("GET " + RUNS + "/get", job("TERMINATED", "SUCCESS", "SUCCESS", ""));

        flow.run(
                Map.of("cluster.new", described, "cluster.jar", jar.toString()),
                "import",
                "csv",
                FILE,
                "--on=cluster",
                "--table=main.default.inputs",
                "--app=app",
                "--dataset=pictures");

        assertThat(flow.workspace().requests("POST"))
                .filteredOn(request -> request.target().equals(RUNS + "/submit"))
                .singleElement()
                .satisfies(request -> assertThat(
                                new ObjectMapper().readTree(request.body()).at("/tasks/0/new_cluster"))
                        .isEqualTo(new ObjectMapper().readTree(described)));
    }

    @Test
    void whoMayNotUseTheClusterIsToldTheRight() {
        flow.workspace().on("POST " + RUNS + "/submit", error(403, "PERMISSION_DENIED", "no Attach permissions"));

        Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("submit run", "CAN ATTACH TO", "CLUSTER_ID");
        assertThat(removed()).hasSize(1);
    }

    @Test
    void aClusterThatIsNotThereIsToldBeforeAnythingIsMade() {
        flow.workspace()
                .on(
                        "GET /api/2.1/clusters/get",
                        error(400, "INVALID_PARAMETER_VALUE", "Cluster " + CLUSTER + " does not exist"));

        Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("does not exist", "cluster.id (CLUSTER_ID)");
        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.sql().statements("CREATE TABLE")).isEmpty();
    }

    @Test
    void theHistorySaysHowARunEndedAndHoldsNobodyUp() {
        flow.workspace().on("GET " + RUNS + "/get", job("TERMINATED", "TIMEDOUT", "CANCELED", "Run timed out."));

        flow.run(
                Map.of("cluster.id", CLUSTER, "cluster.jar", jar.toString(), "runs.history", "true"),
                "import",
                "csv",
                FILE,
                "--on=cluster",
                "--table=main.default.inputs",
                "--app=app",
                "--dataset=pictures");

        assertThat(flow.sql().statements("UPDATE `main`.`default`.`_clarifai_runs` SET renewed_at"))
                .singleElement()
                .satisfies(end -> assertThat(end.values().toString()).contains("FAILED", "TIMEDOUT"));
    }

    @Test
    void noRunBeginsBesideAJobThatWasStartedForAnother() throws IOException {
        leaveJob();

        assertThat(run("--on-existing=merge").error())
                .contains("run 7", "works on the same table", "has other parameters", "cancel it on its page");

        flow.workspace()
                .on(
                        "GET " + RUNS + "/list",
                        json("{\"runs\": [{\"run_id\": 7, \"run_name\": \"databricks-connect import-csv"
                                + " main.default.inputs app/pictures\", \"tasks\": [{\"spark_jar_task\": {\"parameters\":"
                                + " [\"/Volumes/main/other/volume/run/task.json\"]}}]}]}"));
        assertThat(run().error()).contains("none that was started with this staging volume");
    }

    @Test
    void anImportOnThisMachineIsRefusedBesideAJobOfTheSame() {
        leaveJob();
        command = IMPORT.stream()
                .map(word -> word.replace("--on=cluster", "--on=machine"))
                .toList();

        assertThat(run().error()).contains("run 7", "--on=cluster takes it over", "cancel it on its page");
        assertThat(submissions()).as("the killed run's own").isOne();

        flow.workspace().on("GET " + RUNS + "/list", json("{\"has_more\": false}"));
        assertThat(run().error()).doesNotContain("run 7");
    }

    @Test
    void noJobIsLookedForWhereNoClusterIsNamed() {
        flow.run("import", "csv", FILE, "--table=main.default.inputs", "--app=app", "--dataset=pictures");

        assertThat(flow.workspace().requests("GET"))
                .extracting(Request::target)
                .noneMatch(target -> target.startsWith(RUNS));
    }

    @Test
    void howPicturesGetHereIsNotToBeSaidWhereTheyDoNot() {
        Ended refused = flow.run(
                Map.of("cluster.id", CLUSTER, "cluster.jar", jar.toString()),
                "import",
                "volume",
                "--catalog=main",
                "--schema=default",
                "--volume=photos",
                "--table=inputs",
                "--app=app",
                "--dataset=pictures",
                "--on=cluster",
                "--transfer=by-url");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--transfer says how pictures get here", "--on cluster");
        assertThat(flow.workspace().requests("POST")).isEmpty();
    }
}
