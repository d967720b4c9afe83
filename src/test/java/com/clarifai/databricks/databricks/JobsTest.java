package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {

    private static final String SUBMIT = "POST /api/2.1/jobs/runs/submit";
    private static final String GET = "GET /api/2.1/jobs/runs/get";
    private static final String OUTPUT = "GET /api/2.1/jobs/runs/get-output";
    private static final String LIST = "GET /api/2.1/jobs/runs/list";
    private static final String CANCEL = "POST /api/2.1/jobs/runs/cancel";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();
    private final Jobs jobs = new Jobs(client);
    private final List<String> states = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    private static Jobs.Submission submission(String cluster, Map<String, Object> created) {
        return new Jobs.Submission(
                "name", "token", cluster, created, "/Volumes/a/b/c/x.jar", "a.Main", List.of("p"), Duration.ofHours(1));
    }

    private static Answer run(String lifeCycle, String result, String code, String message) {
        return json("""
                {"run_id": 7, "run_name": "name", "run_page_url": "https://w/run/7",
                 "state": {"life_cycle_state": "%s", "result_state": "%s", "state_message": "%s"},
                 "status": {"termination_details": {"code": "%s"}},
                 "tasks": [{"run_id": 8, "spark_jar_task": {"parameters": ["p"]}}]}
                """.formatted(lifeCycle, result, message, code));
    }

    private JobRunState await() {
        return jobs.await(7, state -> states.add(state.lifeCycle()), () -> false);
    }

    private DatabricksException failure() {
        return catchThrowableOfType(DatabricksException.class, this::await);
    }

    @Test
    void submissionHasOneTaskOnTheClusterWithTheJarAndWaitsInTheQueue() {
        workspace.on(SUBMIT, json("{\"run_id\": 7}"));

        assertThat(jobs.submit(submission("c", null))).isEqualTo(7);

        assertThat(new String(workspace.requests("POST").get(0).body()))
                .contains(
                        "\"existing_cluster_id\":\"c\"",
                        "\"jar\":\"/Volumes/a/b/c/x.jar\"",
                        "\"main_class_name\":\"a.Main\"")
                .contains("\"idempotency_token\":\"token\"", "\"timeout_seconds\":3600", "\"queue\":{\"enabled\":true}")
                .doesNotContain("new_cluster");
    }

    @Test
    void withoutAClusterOneIsMade() {
        workspace.on(SUBMIT, json("{\"run_id\": \"7\"}"));

        assertThat(jobs.submit(submission(null, Map.of("num_workers", 2)))).isEqualTo(7);

        assertThat(new String(workspace.requests("POST").get(0).body()))
                .contains("\"new_cluster\":{\"num_workers\":2}")
                .doesNotContain("existing_cluster_id");
    }

    @Test
    void whoMayNotSubmitIsTold() {
        workspace.on(SUBMIT, error(403, "PERMISSION_DENIED", "no"));

        DatabricksException failure =
                catchThrowableOfType(DatabricksException.class, () -> jobs.submit(submission("c", null)));

        assertThat(failure.kind()).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(failure).hasMessageContaining("submit run name");
    }

    @Test
    void waitGoesOverAllStatesToTheEnd() {
        workspace.on(
                GET,
                run("QUEUED", "", "", ""),
                run("PENDING", "", "", ""),
                run("RUNNING", "", "", ""),
                run("A_NEW_STATE", "", "", ""),
                run("TERMINATED", "SUCCESS", "SUCCESS", ""));

        assertThat(await().result()).isEqualTo("SUCCESS");
        assertThat(states).containsExactly("QUEUED", "PENDING", "RUNNING", "A_NEW_STATE", "TERMINATED");
    }

    @Test
    void runThatIsNotWantedAnyMoreIsCancelledOnceAndWaitedFor() {
        workspace
                .on(
                        GET,
                        run("RUNNING", "", "", ""),
                        run("TERMINATING", "", "", ""),
                        run("TERMINATED", "CANCELED", "USER_CANCELED", ""))
                .on(CANCEL, json("{}"));

        JobRunState ended = jobs.await(7, state -> states.add(state.lifeCycle()), () -> true);

        assertThat(ended.cancelled()).isTrue();
        assertThat(workspace.requests("POST")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "SKIPPED, WORKSPACE_RUN_LIMIT_EXCEEDED, QUOTA_EXCEEDED",
        "INTERNAL_ERROR, CLUSTER_ERROR, NOT_STARTED",
        "INTERNAL_ERROR, CLOUD_FAILURE, NO_CAPACITY",
        "INTERNAL_ERROR, LIBRARY_INSTALLATION_ERROR, INVALID",
        "INTERNAL_ERROR, DRIVER_ERROR, INTERNAL",
        "INTERNAL_ERROR, UNAUTHORIZED_ERROR, PERMISSION_DENIED",
        "TERMINATED, CANCELED, INTERNAL",
        "TERMINATED, SOMETHING_NEW, INTERNAL"
    })
    void eachEndSaysWhatTheServiceSays(String lifeCycle, String code, Kind kind) {
        workspace.on(GET, run(lifeCycle, "FAILED", code, "the reason"));

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure()).hasMessageContainingAll("run 7 (name)", "https://w/run/7", code, "the reason");
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_QUOTA_EXCEEDED_EXCEPTION(CLIENT_ERROR), QUOTA_EXCEEDED",
        "AWS_INSUFFICIENT_INSTANCE_CAPACITY_FAILURE(CLOUD_FAILURE), NO_CAPACITY",
        "USER_REQUEST(SUCCESS), NOT_STARTED",
    })
    void clusterThatDoesNotComeUpHasItsReason(String reason, Kind kind) {
        workspace.on(GET, run("INTERNAL_ERROR", "FAILED", "CLUSTER_ERROR", "Cluster terminated: " + reason));

        assertThat(failure().kind()).isEqualTo(kind);
    }

    @Test
    void runThatTookTooLongIsToldFromOneThatTheWorkspaceEnded() {
        workspace.on(GET, run("TERMINATED", "TIMEDOUT", "CANCELED", "Run timed out."));

        assertThat(failure().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure()).hasMessageEndingWith("ended with TIMEDOUT: Run timed out.");
    }

    @Test
    void runThatCannotBeFollowedAnyMoreIsCancelled() {
        workspace
                .on(GET, run("RUNNING", "", "", ""), error(403, "PERMISSION_DENIED", "no"))
                .on(CANCEL, json("{}"));

        assertThat(failure().kind()).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(workspace.requests("POST")).hasSize(1);
    }

    @Test
    void errorOfTheProgramIsThatOfItsTask() {
        workspace
                .on(GET, run("TERMINATED", "FAILED", "RUN_EXECUTION_ERROR", "failed"))
                .on(OUTPUT, json("{\"error\": \"java.lang.IllegalStateException: no\\n  more\"}"));

        assertThat(failure()).hasMessageContaining("IllegalStateException: no more");
        assertThat(workspace.requests().toString()).contains("run_id=8");
    }

    @Test
    void activeRunIsFoundByItsName() {
        workspace.on(
                LIST,
                json("{\"has_more\": true, \"next_page_token\": \"t\"}"),
                json(
                        "{\"runs\": [{\"run_id\": 5, \"run_name\": \"other\"}, {\"run_id\": 6, \"run_name\": \"name\"}]}"));

        assertThat(jobs.findActive("name"))
                .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo(6));
    }
}
