package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of a job does at the moment.
 *
 * @param taskId of its only task, whose output can be asked for
 * @param page where it is shown in the workspace; null when the service does not say
 * @param lifeCycle PENDING, QUEUED, RUNNING, TERMINATING, TERMINATED, SKIPPED, INTERNAL_ERROR, or what is newer
 * @param result SUCCESS, FAILED, TIMEDOUT, CANCELED, …; null while it has not ended
 * @param code why it ended, {@code termination_details.code}; null while it has not ended
 * @param message what the service says of the state, one line
 * @param parameters of its program
 */
public record JobRunState(
        long id,
        long taskId,
        String name,
        String page,
        String lifeCycle,
        String result,
        String code,
        String message,
        List<String> parameters) {

    private static final Set<String> ENDS = Set.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");

    static JobRunState of(Map<String, Object> run) {
        Map<String, Object> state = object(run, "state");
        Map<String, Object> details = object(object(run, "status"), "termination_details");
        Map<String, Object> task =
                ApiJson.objects(run, "tasks").stream().findFirst().orElse(Map.of());
        Object parameters = object(task, "spark_jar_task").get("parameters");
        long id = ApiJson.number(run, "run_id").orElse(0);
        return new JobRunState(
                id,
                ApiJson.number(task, "run_id").orElse(id),
                ApiJson.text(run, "run_name"),
                ApiJson.text(run, "run_page_url"),
                String.valueOf(state.get("life_cycle_state")),
                ApiJson.text(state, "result_state"),
                ApiJson.text(details, "code"),
                String.valueOf(state.getOrDefault("state_message", ""))
                        .replaceAll("\\s+", " ")
                        .strip(),
                parameters instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of());
    }

    boolean ended() {
        return ENDS.contains(lifeCycle);
    }

    boolean succeeded() {
        return "SUCCESS".equals(result);
    }

    /** By somebody, or by this program. */
    public boolean cancelled() {
        return "CANCELED".equals(result);
    }

    /** "run 12 (name), https://…". */
    public String what() {
        return "run " + id + " (" + name + ")" + (page == null ? "" : ", " + page);
    }

    /** @param error of the program; empty when it did not fail */
    DatabricksException failure(String error) {
        String why = code == null || timedOut() ? String.valueOf(result) : code;
        String said = error.isEmpty() ? message : error.replaceAll("\\s+", " ");
        return new DatabricksException(
                kind(), WorkspaceCall.GET_RUN, what() + " ended with " + why + ": " + said + advice());
    }

    private Kind kind() {
        if (timedOut()) {
            return Kind.TIMED_OUT;
        }
        return switch (code == null ? "" : code) {
            case "WORKSPACE_RUN_LIMIT_EXCEEDED",
                    "MAX_CONCURRENT_RUNS_EXCEEDED",
                    "MAX_JOB_QUEUE_SIZE_EXCEEDED",
                    "MAX_SPARK_CONTEXTS_EXCEEDED",
                    "CLUSTER_REQUEST_LIMIT_EXCEEDED" -> Kind.QUOTA_EXCEEDED;
            case "CLOUD_FAILURE" -> Kind.NO_CAPACITY;
            case "CLUSTER_ERROR" -> ComputeState.kind(message);
            case "UNAUTHORIZED_ERROR" -> Kind.PERMISSION_DENIED;
            case "RESOURCE_NOT_FOUND" -> Kind.NOT_FOUND;
            case "LIBRARY_INSTALLATION_ERROR",
                    "INVALID_CLUSTER_REQUEST",
                    "INVALID_RUN_CONFIGURATION",
                    "FEATURE_DISABLED" -> Kind.INVALID;
            default -> Kind.INTERNAL;
        };
    }

    private boolean timedOut() {
        return "TIMEDOUT".equals(result);
    }

    private String advice() {
        return switch (code == null ? "" : code) {
            case "LIBRARY_INSTALLATION_ERROR" ->
                "; the cluster has to be in the access mode Dedicated, and you need READ VOLUME on the volume with the jar";
            case "DRIVER_ERROR" -> "; if it happens again, give the driver more memory";
            case "CANCELED" -> timedOut() ? "" : "; the workspace ended it";
            default -> "";
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> json, String name) {
        return json.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
