package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.table.StatementFiles;
import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The history of runs, the lock that it is, and schedules, with processes that know nothing of each other. */
class RunsIT {

    private static final String LEASE = "20 SECONDS";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final String volume = "runs_" + suffix;
    private final String table = "main.default.inputs_" + suffix;
    private final String history = "main.default.runs_" + suffix;
    private ClarifaiApp app;

    @BeforeEach
    void threeImages() {
        app = ClarifaiApp.create(sandbox, "runs-" + suffix);
        sandbox.createVolume("main.default." + volume);
        List.of("a.png", "b.png", "c.png").forEach(this::putImage);
    }

    @AfterEach
    void fullSpeed() {
        sandbox.clearFaults();
    }

    @Test
    void aRunKeepsOthersOutWhileItIsUnderWayAndNoLongerThanItsLeaseWhenItIsKilled() throws IOException {
        // for as long as the test takes until it kills the first
        sandbox.fault("clarifai:PostInputs=delay:600000");
        Path settings = settings(Map.of("runs.lease", "20 MINUTES"));
        ConnectProcess killed = ConnectProcess.start(settings, importVolume());
        awaitFirstRun();

        Result refused = ConnectRun.run(settings, importVolume());

        assertThat(killed.isAlive()).isTrue();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("(import-volume) on host ", " has been working on " + table, "try again after 20 minutes");
        killed.kill();
        killed.waitFor();
        sandbox.clearFaults();
        // as if that had been before its lease
        // a renewal of the killed process may still be under way in the warehouse, which then refuses one of the two
        Awaitility.await()
                .ignoreExceptionsMatching(
                        problem -> String.valueOf(problem.getCause()).contains("DELTA_CONCURRENT"))
                .until(() -> {
                    sandbox.execute("UPDATE " + history + " SET renewed_at = renewed_at - INTERVAL 20 MINUTES");
                    return true;
                });
        assertThat(runs(settings))
                .singleElement()
                .satisfies(run -> assertThat(run.path("outcome").asText()).isEqualTo("DIED"));

        Result again = ConnectRun.run(settings, importVolume());

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(sandbox.query("SELECT outcome FROM " + history + " ORDER BY started_at"))
                .extracting(row -> row.get("outcome"))
                .containsExactly("DIED", "COMPLETED");
        assertThat(sandbox.query("SELECT status FROM " + table)).hasSize(3).allSatisfy(row -> assertThat(row)
                .containsEntry("status", "PROCESSED"));
        assertThat(app.datasetInputs("pictures")).extracting(Input::getId).containsExactlyInAnyOrder("a", "b", "c");
        JsonNode run = runs(settings).get(0);
        assertThat(run.path("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(run.path("flow").asText()).isEqualTo("import-volume");
        assertThat(run.path("counts").path("imported").asInt()).isEqualTo(3);
        assertThat(run.path("parameters").path("volume").asText()).isEqualTo(volume);
        assertThat(run.toString()).doesNotContain(sandbox.setting("clarifai.pat"), sandbox.setting("databricks.token"));
        assertThat(sandbox.query("SELECT DISTINCT run_id FROM " + table))
                .containsExactly(Map.of("run_id", run.path("run_id").asText()));
    }

    @Test
    void theStatementOfARunThatIsEndedIsCancelledInTheWarehouse() throws IOException {
        theStatementOfARunThatIsEndedIsCancelled(Map.of());
    }

    /** The driver speaks Thrift with it. */
    @Test
    @Tag("nightly")
    void theStatementOfARunThatIsEndedIsCancelledOnTheCluster() throws IOException {
        String cluster = sandbox.setting("sandbox.cluster-id");
        sandbox.compute("clusters", cluster, "RUNNING", "ok");

        theStatementOfARunThatIsEndedIsCancelled(
                Map.of("databricks.warehouse-id", "", "databricks.cluster-id", cluster));
    }

    private void theStatementOfARunThatIsEndedIsCancelled(Map<String, String> compute) throws IOException {
        String endless = "main.default.endless_" + suffix;
        sandbox.execute("CREATE VIEW " + endless + " AS SELECT CAST(a.id AS STRING) AS inputid, 'http://127.0.0.1:9/'"
                + " AS input FROM range(1000000) a JOIN range(1000000) b ON a.id + b.id = -1");
        String copy = "clarifai_import_";
        ConnectProcess run = ConnectProcess.start(
                settings(compute),
                "import",
                "delta",
                endless,
                "--table=" + table,
                "--app=" + app.id(),
                "--dataset=pictures");
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sandbox.statements(copy)
                .contains("RUNNING"));

        run.terminate();

        Result result = run.waitFor();
        assertThat(sandbox.statements(copy))
                .as(result.err())
                .contains("CANCELED")
                .doesNotContain("RUNNING");
        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(result.err()).contains("cancelled, as it was not done", "run it again");
        assertThat(sandbox.query("SELECT outcome FROM " + history)).containsExactly(Map.of("outcome", "INTERRUPTED"));
        assertThat(sandbox.query("SHOW TABLES IN main.default LIKE 'clarifai_import_*'"))
                .isEmpty();
    }

    @Test
    void serviceImportsWhatIsNewAtEachTickAndStopsCleanly() throws IOException {
        Map<String, String> schedule = new HashMap<>();
        // longer than a machine that is busy keeps a run from renewing it
        schedule.put("runs.lease", "3 MINUTES");
        schedule.put("schedule.photos.flow", "import-volume");
        schedule.put("schedule.photos.every", "2s");
        schedule.put("schedule.photos.catalog", "main");
        schedule.put("schedule.photos.schema", "default");
        schedule.put("schedule.photos.volume", volume);
        schedule.put("schedule.photos.table", table);
        schedule.put("schedule.photos.app", app.id());
        schedule.put("schedule.photos.dataset", "pictures");
        ConnectProcess service = ConnectProcess.start(settings(schedule), "serve");
        try {
            awaitDatasetOf(3);

            putImage("new.png");
            awaitDatasetOf(4);
        } finally {
            service.terminate();
        }

        Result result = service.waitFor();
        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(result.out()).contains("photos: import-volume every 2s, next at ");
        assertThat(result.err())
                .contains("Schedule photos: import-volume completed")
                .doesNotContain("error:", "ERROR");
        List<Map<String, Object>> runs = sandbox.query("SELECT outcome, error FROM " + history);
        assertThat(runs)
                .as(runs + result.err())
                .extracting(row -> row.get("outcome"))
                .contains("COMPLETED")
                .isSubsetOf("COMPLETED", "INTERRUPTED");
        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging"))
                .doesNotContainAnyElementsOf(sandbox.query("SELECT run_id FROM " + history).stream()
                        .map(row -> (String) row.get("run_id"))
                        .toList());
    }

    @Test
    void serviceWithoutScheduleSaysSo() {
        Result result = ConnectRun.run(sandbox, "serve");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("nothing to serve", "schedule.<name>.flow");
    }

    /** The shipped statement, with what Camel would put in it, by many at the same moment. */
    @Test
    void ofManyThatBeginAtTheSameMomentOneGetsTheLock() throws Exception {
        sandbox.execute(sql("create-runs-table.sql"));
        int contenders = 6;
        CyclicBarrier start = new CyclicBarrier(contenders);
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        List<Callable<Boolean>> tries = IntStream.range(0, contenders)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    String statement = sql("begin-run.sql").replace(":?runId", "'run-" + i + "'");
                    start.await();
                    return begin(statement);
                })
                .toList();
        try {
            int conflicts = 0;
            for (Future<Boolean> conflict : threads.invokeAll(tries)) {
                conflicts += conflict.get() ? 1 : 0;
            }

            assertThat(sandbox.query("SELECT run_id FROM " + history + " WHERE outcome = 'RUNNING'"))
                    .hasSize(1);
            assertThat(conflicts).as("statements that Delta refused").isPositive();
        } finally {
            threads.shutdown();
        }
    }

    /** @return whether Delta refused the statement, which is what the application repeats it for */
    private boolean begin(String statement) {
        try {
            sandbox.execute(statement);
            return false;
        } catch (IllegalStateException e) {
            assertThat(e).hasStackTraceContaining("DELTA_CONCURRENT_");
            return true;
        }
    }

    private String sql(String file) {
        return new StatementFiles(Path.of("routes"))
                .filled(Path.of("routes/sql", file))
                .replace("${variable.run.history.table}", history)
                .replace("${variable.table}", history)
                .replace("${properties:runs.lease}", LEASE)
                .replaceAll(":\\?(?!runId)\\w+", "'x'");
    }

    private void awaitFirstRun() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .until(() -> sandbox.tableExists(history)
                        && !sandbox.query("SELECT run_id FROM " + history).isEmpty());
    }

    private void awaitDatasetOf(int inputs) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> app.inputs().size() == inputs
                        && app.datasetInputs("pictures").size() == inputs);
    }

    private JsonNode runs(Path settings) throws IOException {
        Result result = ConnectRun.run(settings, "runs", history, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private Path settings(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>();
        settings.put("runs.history", "true");
        settings.put("runs.table", history.substring(history.lastIndexOf('.') + 1));
        settings.put("runs.lease", LEASE);
        settings.put("runs.renewal", "5s");
        settings.putAll(others);
        return sandbox.settingsWith(settings);
    }

    private String[] importVolume() {
        return VolumeImport.arguments(volume, table, app);
    }

    private void putImage(String name) {
        try {
            sandbox.putFile(
                    "/Volumes/main/default/" + volume + "/" + name,
                    Files.readAllBytes(Path.of("src/test/resources/pixel.png")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
