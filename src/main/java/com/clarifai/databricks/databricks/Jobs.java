package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.PagedIterator.Page;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One-time runs of JARs, by the <a href="https://docs.databricks.com/api/workspace/jobs">Jobs API</a>. */
public final class Jobs {

    private static final String API = "/api/2.1/jobs/runs";
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    private static final int PAGE = 25;

    private final WorkspaceClient client;

    public Jobs(WorkspaceClient client) {
        this.client = client;
    }

    /**
     * What to run and where.
     *
     * @param name that the workspace shows, and by which {@link #findActive} finds it
     * @param token of at most 64 characters; what was submitted with it before is not submitted again
     * @param cluster id of an existing cluster; null for a new one
     * @param newCluster its description in the API's terms; null for an existing one
     * @param jar path in a volume
     * @param timeout zero for none
     */
    public record Submission(
            String name,
            String token,
            String cluster,
            Map<String, Object> newCluster,
            String jar,
            String mainClass,
            List<String> parameters,
            Duration timeout) {

        private Map<String, Object> body() {
            Map<String, Object> task = new LinkedHashMap<>();
            task.put("task_key", "main");
            if (cluster == null) {
                task.put("new_cluster", newCluster);
            } else {
                task.put("existing_cluster_id", cluster);
            }
            task.put("libraries", List.of(Map.of("jar", jar)));
            task.put("spark_jar_task", Map.of("main_class_name", mainClass, "parameters", parameters));
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("run_name", name);
            body.put("tasks", List.of(task));
            body.put("queue", Map.of("enabled", true));
            if (token != null) {
                body.put("idempotency_token", token);
            }
            if (!timeout.isZero()) {
                body.put("timeout_seconds", timeout.toSeconds());
            }
            return body;
        }
    }

    /**
     * @return the id of the run
     * @throws DatabricksException when the service refuses it
     */
    public long submit(Submission submission) {
        WorkspaceRequest request = WorkspaceRequest.post(
                        WorkspaceCall.SUBMIT_RUN, submission.name(), API + "/submit", submission.token() != null)
                .withJson(submission.body());
        return ApiJson.number(client.json(request), "run_id")
                .orElseThrow(() -> new DatabricksException(
                        Kind.INTERNAL, WorkspaceCall.SUBMIT_RUN, request.what() + ": the answer has no run_id"));
    }

    public JobRunState get(long run) {
        return JobRunState.of(client.json(
                WorkspaceRequest.get(WorkspaceCall.GET_RUN, run, API + "/get").withQuery("run_id", run)));
    }

    /** Asks for it; the run may go on for a while. */
    public void cancel(long run) {
        client.send(WorkspaceRequest.post(WorkspaceCall.CANCEL_RUN, run, API + "/cancel", true)
                .withJson(Map.of("run_id", run)));
    }

    /** The latest run of this name that has not ended. */
    public Optional<JobRunState> findActive(String name) {
        WorkspaceRequest request = WorkspaceRequest.get(WorkspaceCall.LIST_RUNS, "", API + "/list")
                .withQuery("active_only", true)
                .withQuery("run_type", "SUBMIT_RUN")
                .withQuery("limit", PAGE);
        Iterator<Map<String, Object>> runs = new PagedIterator<>(request, token -> {
            Map<String, Object> page = client.json(token == null ? request : request.withQuery("page_token", token));
            return new Page<>(ApiJson.objects(page, "runs"), ApiJson.nextPageToken(page));
        });
        while (runs.hasNext()) {
            Map<String, Object> run = runs.next();
            if (name.equals(ApiJson.text(run, "run_name"))) {
                return Optional.of(JobRunState.of(run));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns when the run has succeeded or was cancelled.
     *
     * @param progress told of each look at it
     * @param cancelled asked before each look; the run is cancelled once it says so
     * @throws DatabricksException when the run failed: what the service says, and the error of the program, if it was one;
     *     or when it cannot be looked at any more, and is cancelled
     */
    public JobRunState await(long run, Consumer<JobRunState> progress, BooleanSupplier cancelled) {
        boolean asked = false;
        while (true) {
            JobRunState state = looked(run);
            progress.accept(state);
            if (state.ended()) {
                if (!state.succeeded() && !state.cancelled()) {
                    throw state.failure(error(state));
                }
                return state;
            }
            if (!asked && cancelled.getAsBoolean()) {
                cancel(run);
                asked = true;
            }
            pause(state);
        }
    }

    /** What cannot be followed is not left to itself: it would go on without anybody who takes what it has done. */
    private JobRunState looked(long run) {
        try {
            return get(run);
        } catch (DatabricksException e) {
            try {
                cancel(run);
            } catch (DatabricksException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** What the program failed with; empty when it did not come so far, or the service does not tell. */
    private String error(JobRunState state) {
        if (!"RUN_EXECUTION_ERROR".equals(state.code())) {
            return "";
        }
        String error = ApiJson.text(
                client.json(WorkspaceRequest.get(WorkspaceCall.GET_RUN_OUTPUT, state.id(), API + "/get-output")
                        .withQuery("run_id", state.taskId())),
                "error");
        return error == null ? "" : error;
    }

    private void pause(JobRunState state) {
        try {
            client.time().sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabricksException(
                    Kind.INTERNAL,
                    WorkspaceCall.GET_RUN,
                    "interrupted while waiting for " + state.what() + ", which goes on");
        }
    }
}
