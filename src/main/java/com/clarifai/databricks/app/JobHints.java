package com.clarifai.databricks.app;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.WorkspaceCall;
import java.util.Optional;

/** What to do when a job on the user's cluster is refused, or comes to an early end. */
public final class JobHints {

    private static final String EXISTING = "cluster.id (CLUSTER_ID)";
    private static final String NEW = "cluster.new (CLUSTER_NEW)";
    private static final String AGAIN = "run it again: what is done is not repeated";

    private JobHints() {}

    /** Empty when it was another call that failed, or the failure has nothing to do with jobs. */
    public static Optional<String> of(DatabricksException problem) {
        WorkspaceCall call = problem.call().orElse(null);
        if (call != WorkspaceCall.SUBMIT_RUN && call != WorkspaceCall.GET_RUN) {
            return Optional.empty();
        }
        return switch (problem.kind()) {
            case PERMISSION_DENIED ->
                Optional.of("; somebody must grant CAN ATTACH TO on the cluster of " + EXISTING
                        + ", or CAN RESTART to start it as well, to the user or service principal whose credentials are"
                        + " used; for " + NEW + " that is the right to make clusters");
            case NOT_FOUND, INVALID, ALREADY_EXISTS -> Optional.of("; check " + EXISTING + " or " + NEW);
            case QUOTA_EXCEEDED ->
                Optional.of("; wait until others have ended, ask for a higher quota, or name another cluster in "
                        + EXISTING + " or a smaller one in " + NEW + "; then " + AGAIN);
            case NO_CAPACITY ->
                Optional.of("; the cloud has none of these machines left for now: try later, or name other machines in "
                        + NEW + " or another cluster in " + EXISTING);
            case NOT_STARTED ->
                Optional.of("; look at the cluster of " + EXISTING
                        + " in Databricks under Compute, or name another; then " + AGAIN);
            case TIMED_OUT ->
                Optional.of("; give it more time in cluster.timeout (CLUSTER_TIMEOUT), in which waiting for the cluster"
                        + " counts, or a larger cluster in " + EXISTING + " or " + NEW + "; then " + AGAIN);
            case INTERNAL -> Optional.of("; " + AGAIN);
            case UNREACHABLE, UNAUTHENTICATED, THROTTLED -> Optional.empty();
        };
    }
}
