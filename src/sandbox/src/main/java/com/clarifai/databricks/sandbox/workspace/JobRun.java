package com.clarifai.databricks.sandbox.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One run that was submitted: what it is doing, and how it ended. */
final class JobRun {

    /** The states before the end, as {@code state.life_cycle_state} names them. */
    enum Stage {
        QUEUED,
        PENDING,
        RUNNING,
        TERMINATING
    }

    private final long id;
    private final JobSubmission submission;
    private final JobPlan plan;
    private final long submittedAt;
    private final CompletableFuture<JobEnd> asked = new CompletableFuture<>();
    private Stage stage;
    private JobWorker.Running worker;
    private JobEnd end;
    private String cluster;
    private long runningAt;
    private long endedAt;

    JobRun(long id, JobSubmission submission, JobPlan plan, long submittedAt) {
        this.id = id;
        this.submission = submission;
        this.plan = plan;
        this.submittedAt = submittedAt;
        this.stage = plan == JobPlan.LIMIT && submission.queued() ? Stage.QUEUED : Stage.PENDING;
        this.cluster = submission.cluster();
    }

    long id() {
        return id;
    }

    /** Of its only task. */
    long taskId() {
        return id + 1;
    }

    JobSubmission submission() {
        return submission;
    }

    JobPlan plan() {
        return plan;
    }

    /** Completes when the run is to end before its work does: cancelled, or out of time. */
    CompletableFuture<JobEnd> asked() {
        return asked;
    }

    synchronized void enter(Stage next, long now) {
        stage = next;
        if (next == Stage.RUNNING) {
            runningAt = now;
        }
    }

    synchronized void on(String id) {
        cluster = id;
    }

    synchronized void work(JobWorker.Running started) {
        worker = started;
    }

    synchronized JobWorker.Running worker() {
        return worker;
    }

    synchronized boolean isActive() {
        return end == null;
    }

    synchronized void end(JobEnd how, long now) {
        end = how;
        endedAt = now;
    }

    synchronized JobEnd end() {
        return end;
    }

    /** As {@code runs/get} and {@code runs/list} show it. */
    synchronized Map<String, Object> described(String host) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("job_id", id + 2);
        run.put("run_id", id);
        run.put("number_in_job", id);
        run.put("creator_user_name", ScimApi.USER_NAME);
        run.put("run_name", submission.name());
        run.put("run_type", "SUBMIT_RUN");
        run.put("run_page_url", host + "/?o=" + BearerAuth.ORG_ID + "#job/" + (id + 2) + "/run/" + id);
        run.put("start_time", submittedAt);
        putState(run);
        Map<String, Object> task = new LinkedHashMap<>(submission.described());
        task.put("run_id", taskId());
        if (cluster != null) {
            task.put("cluster_instance", Map.of("cluster_id", cluster));
        }
        putState(task);
        run.put("tasks", List.of(task));
        return run;
    }

    private void putState(Map<String, Object> run) {
        Map<String, Object> state = new LinkedHashMap<>();
        Map<String, Object> status = new LinkedHashMap<>();
        state.put("life_cycle_state", end == null ? stage.name() : end.lifeCycle());
        state.put("state_message", end == null ? message() : end.message());
        state.put("user_cancelled_or_timedout", end != null && end.result().matches("CANCELED|TIMEDOUT"));
        status.put("state", end == null ? stage.name() : "TERMINATED");
        if (end == null) {
            run.put("end_time", 0L);
        } else {
            state.put("result_state", end.result());
            status.put("termination_details", Map.of("code", end.code(), "type", end.type(), "message", end.message()));
            run.put("setup_duration", runningAt == 0 ? 0L : runningAt - submittedAt);
            run.put("execution_duration", runningAt == 0 ? 0L : endedAt - runningAt);
            run.put("cleanup_duration", 0L);
            run.put("end_time", endedAt);
        }
        if (end == null && stage == Stage.QUEUED) {
            status.put(
                    "queue_details",
                    Map.of(
                            "code",
                            "ACTIVE_RUNS_LIMIT_REACHED",
                            "message",
                            "Queued due to reaching maximum concurrent active runs in the workspace."));
        }
        run.put("state", state);
        run.put("status", status);
    }

    private String message() {
        return switch (stage) {
            case QUEUED -> "Queued due to reaching maximum concurrent active runs in the workspace.";
            case PENDING -> "Waiting for cluster";
            case RUNNING -> "In run";
            case TERMINATING -> "Terminating the run.";
        };
    }
}
