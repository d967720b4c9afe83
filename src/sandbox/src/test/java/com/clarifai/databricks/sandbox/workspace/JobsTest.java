package com.clarifai.databricks.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.sandbox.workspace.ScriptedJobs.Job;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One-time runs of JAR tasks, without the jars. */
class JobsTest {

    private static final String RUNS = "/api/2.1/jobs/runs";
    private static final String JAR = "/Volumes/main/default/jars/job.jar";
    private static final String RUNNING = "0101-000000-running1";

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @BeforeEach
    void putJar() throws Exception {
        workspace.call("POST", "/sandbox/volumes?name=main.default.jars", "");
        assertThat(workspace.call("PUT", "/api/2.0/fs/files" + JAR, "jar").statusCode())
                .isEqualTo(204);
    }

    @Test
    void runGoesFromPendingOverRunningToItsEnd() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));

        Job job = job();
        JsonNode running = get(run);
        assertThat(running.at("/state/life_cycle_state").asText()).isEqualTo("RUNNING");
        assertThat(running.at("/status/state").asText()).isEqualTo("RUNNING");
        assertThat(running.path("run_page_url").asText()).contains("/run/" + run);
        job.ended().complete(0);

        JsonNode ended = ended(run);
        assertThat(ended.at("/state/life_cycle_state").asText()).isEqualTo("TERMINATED");
        assertThat(ended.at("/state/result_state").asText()).isEqualTo("SUCCESS");
        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("SUCCESS");
        assertThat(job.mainClass()).isEqualTo("a.Main");
        assertThat(job.parameters()).containsExactly("one", "two");
    }

    @Test
    void clustersVariableHasTheSecretThatItRefersToAndNobodyIsToldIt() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));

        assertThat(job().environment()).containsEntry("CLARIFAI_PAT", RunningWorkspace.PAT);
        assertThat(get(run).toString()).doesNotContain(RunningWorkspace.PAT);
        assertThat(RunningWorkspace.json(workspace.get("/api/2.1/clusters/get?cluster_id=" + RUNNING))
                        .at("/spark_env_vars/CLARIFAI_PAT")
                        .asText())
                .isEqualTo("{{secrets/clarifai/CLARIFAI_PAT}}");
    }

    @Test
    void sameTokenIsTheSameRun() throws Exception {
        String body = onCluster(RUNNING, "\"idempotency_token\": \"t1\"");

        assertThat(submitted(body)).isEqualTo(submitted(body));
        refused(onCluster(RUNNING, "\"idempotency_token\": \"" + "t".repeat(65) + "\""), 400, "64 characters");
    }

    @Test
    void cancelledRunTerminates() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));
        job();

        workspace.call("POST", RUNS + "/cancel", "{\"run_id\": " + run + "}");

        JsonNode ended = ended(run);
        assertThat(ended.at("/state/result_state").asText()).isEqualTo("CANCELED");
        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("USER_CANCELED");
    }

    @Test
    void runThatTakesTooLongIsCancelledByThePlatform() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 1"));

        JsonNode ended = ended(run);
        assertThat(ended.at("/state/result_state").asText()).isEqualTo("TIMEDOUT");
        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("CANCELED");
    }

    @Test
    void errorOfTheMainClassIsInTheOutputOfTheTask() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));
        Job job = job();
        job.print("Exception in thread \"main\" java.lang.IllegalStateException: no");
        job.ended().complete(1);

        JsonNode ended = ended(run);
        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("RUN_EXECUTION_ERROR");
        long task = ended.at("/tasks/0/run_id").asLong();
        assertThat(RunningWorkspace.json(workspace.get(RUNS + "/get-output?run_id=" + task))
                        .path("error")
                        .asText())
                .isEqualTo("java.lang.IllegalStateException: no");
        assertThat(workspace.get(RUNS + "/get-output?run_id=" + run).statusCode())
                .isEqualTo(400);
    }

    @Test
    void driverThatIsGoneWithoutAWordIsADriverError() throws Exception {
        long run = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));
        job().kill();

        assertThat(ended(run).at("/status/termination_details/code").asText()).isEqualTo("DRIVER_ERROR");
    }

    @Test
    void clusterThatHasTerminatedStartsForARunAndTellsWhyItCannot() throws Exception {
        control("/sandbox/clusters?id=" + RUNNING + "&state=TERMINATED&start=AZURE_QUOTA_EXCEEDED_EXCEPTION");

        JsonNode ended = ended(submitted(onCluster(RUNNING, "\"timeout_seconds\": 0")));

        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("CLUSTER_ERROR");
        assertThat(ended.at("/state/state_message").asText()).contains("AZURE_QUOTA_EXCEEDED_EXCEPTION");
    }

    @Test
    void jarThatIsNotThereIsALibraryThatCannotBeInstalled() throws Exception {
        JsonNode ended =
                ended(submitted(onCluster(RUNNING, "\"timeout_seconds\": 0").replace("job.jar", "missing.jar")));

        assertThat(ended.at("/state/life_cycle_state").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(ended.at("/status/termination_details/code").asText()).isEqualTo("LIBRARY_INSTALLATION_ERROR");
    }

    @Test
    void standardAccessModeWantsJarsOnItsAllowlist() throws Exception {
        JsonNode ended = ended(submitted(onCluster("0101-000000-stopped1", "\"timeout_seconds\": 0")));

        assertThat(ended.at("/state/state_message").asText()).contains("allowlist");
    }

    @Test
    void newClusterGetsItsWorkersAndTheSecretsOfItsVariables() throws Exception {
        submitted("""
                {"tasks": [{"task_key": "t", "libraries": [{"jar": "%s"}],
                  "new_cluster": {"spark_version": "16.4.x-scala2.12", "node_type_id": "m5d.large", "num_workers": 3,
                    "data_security_mode": "SINGLE_USER",
                    "spark_env_vars": {"CLARIFAI_PAT": "{{secrets/clarifai/CLARIFAI_PAT}}"}},
                  "spark_jar_task": {"main_class_name": "a.Main"}}]}
                """.formatted(JAR));

        Job job = job();
        assertThat(job.environment()).containsEntry("CLARIFAI_PAT", RunningWorkspace.PAT);
        assertThat(job.executors()).isEqualTo(3);
    }

    @Test
    void whatTheServiceRefusesIsRefused() throws Exception {
        String body = onCluster(RUNNING, "\"timeout_seconds\": 0");

        refused(body.replace("\"existing_cluster_id\": \"" + RUNNING + "\",", ""), 400, "serverless");
        refused(body.replace(RUNNING, "0101-000000-nobody00"), 400, "does not exist");
        refused(body.replace("\"one\"", "\"" + "x".repeat(10_000) + "\""), 400, "10,000 bytes");
        control("/sandbox/jobs?next=denied");
        refused(body, 403, "permission");
    }

    @Test
    void runBeyondTheLimitIsSkippedOrWaitsWhereItAsksForThat() throws Exception {
        control("/sandbox/jobs?next=limit");
        JsonNode skipped = ended(submitted(onCluster(RUNNING, "\"timeout_seconds\": 0")));
        assertThat(skipped.at("/state/life_cycle_state").asText()).isEqualTo("SKIPPED");
        assertThat(skipped.at("/status/termination_details/code").asText()).isEqualTo("WORKSPACE_RUN_LIMIT_EXCEEDED");

        control("/sandbox/jobs?next=limit");
        long queued = submitted(onCluster(RUNNING, "\"queue\": {\"enabled\": true}"));
        assertThat(get(queued).at("/status/state").asText()).isEqualTo("QUEUED");
        control("/sandbox/jobs?next=none");
        job().ended().complete(0);
        assertThat(ended(queued).at("/state/result_state").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void listHasTheNewestFirstInPages() throws Exception {
        long first = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));
        job().ended().complete(0);
        ended(first);
        long second = submitted(onCluster(RUNNING, "\"timeout_seconds\": 0"));

        JsonNode page = RunningWorkspace.json(workspace.get(RUNS + "/list?limit=1"));
        assertThat(page.at("/runs/0/run_id").asLong()).isEqualTo(second);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        JsonNode rest = RunningWorkspace.json(workspace.get(RUNS + "/list?limit=1&page_token="
                + page.path("next_page_token").asText()));
        assertThat(rest.at("/runs/0/run_id").asLong()).isEqualTo(first);
        JsonNode active = RunningWorkspace.json(workspace.get(RUNS + "/list?active_only=true"));
        assertThat(active.path("runs")).hasSize(1);
        assertThat(workspace.get(RUNS + "/list?limit=26").statusCode()).isEqualTo(400);
    }

    private static String onCluster(String cluster, String more) {
        return """
                {"run_name": "test", %s, "tasks": [{"task_key": "import", "existing_cluster_id": "%s",
                  "libraries": [{"jar": "%s"}],
                  "spark_jar_task": {"main_class_name": "a.Main", "parameters": ["one", "two"]}}]}
                """.formatted(more, cluster, JAR);
    }

    private long submitted(String body) throws Exception {
        HttpResponse<byte[]> answer = workspace.call("POST", RUNS + "/submit", body);
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return RunningWorkspace.json(answer).path("run_id").asLong();
    }

    private void refused(String body, int status, String message) throws Exception {
        HttpResponse<byte[]> answer = workspace.call("POST", RUNS + "/submit", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new String(answer.body())).contains(message);
    }

    private Job job() throws InterruptedException {
        Job job = workspace.jobs.started.poll(10, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    private JsonNode get(long run) throws IOException, InterruptedException {
        return RunningWorkspace.json(workspace.get(RUNS + "/get?run_id=" + run));
    }

    private JsonNode ended(long run) {
        return await().until(() -> get(run), found -> found.path("end_time").asLong() > 0);
    }

    private void control(String path) throws Exception {
        assertThat(workspace.call("POST", path, "").statusCode()).isEqualTo(200);
    }
}
