package com.clarifai.databricks.sandbox.workspace;

/**
 * How a run ended, in the words of the API.
 *
 * @param lifeCycle of {@code state.life_cycle_state}
 * @param result of {@code state.result_state}
 * @param code of {@code status.termination_details.code}
 * @param type of {@code status.termination_details.type}
 * @param error of {@code runs/get-output}; null where the code of the user did not fail
 */
record JobEnd(String lifeCycle, String result, String code, String type, String message, String error) {

    private static JobEnd failed(String code, String type, String message) {
        return new JobEnd("INTERNAL_ERROR", "FAILED", code, type, message, null);
    }

    static JobEnd success() {
        return new JobEnd("TERMINATED", "SUCCESS", "SUCCESS", "SUCCESS", "", null);
    }

    static JobEnd cancelled() {
        return new JobEnd("TERMINATED", "CANCELED", "USER_CANCELED", "SUCCESS", "Run cancelled.", null);
    }

    /** "CANCELED: by the platform; for example, if the maximum run duration was exceeded", by the documentation. */
    static JobEnd timedOut() {
        return new JobEnd("TERMINATED", "TIMEDOUT", "CANCELED", "CLIENT_ERROR", "Run timed out.", null);
    }

    static JobEnd threw(String error) {
        return new JobEnd(
                "TERMINATED",
                "FAILED",
                "RUN_EXECUTION_ERROR",
                "CLIENT_ERROR",
                "Run result unavailable: run failed with error message " + error,
                error);
    }

    static JobEnd driverLost() {
        return failed(
                "DRIVER_ERROR",
                "INTERNAL_ERROR",
                "The spark driver has stopped unexpectedly and is restarting. Your notebook will be automatically"
                        + " reattached.");
    }

    static JobEnd clusterLost(String cluster) {
        return failed(
                "CLUSTER_ERROR",
                "CLIENT_ERROR",
                "Cluster '" + cluster + "' was terminated. Reason: USER_REQUEST (SUCCESS).");
    }

    static JobEnd clusterFailed(String cluster, String code, String type) {
        return failed(
                "CLUSTER_ERROR",
                type,
                "Unexpected failure while waiting for the cluster (" + cluster + ") to be ready: Cluster '" + cluster
                        + "' is in unexpected state Terminated: " + code + "(" + type + ")");
    }

    static JobEnd library(String jar, String why) {
        return failed(
                "LIBRARY_INSTALLATION_ERROR",
                "CLIENT_ERROR",
                "Library installation failed for library due to user error for jar: \"" + jar + "\" " + why);
    }

    static JobEnd limit() {
        return new JobEnd(
                "SKIPPED",
                "MAXIMUM_CONCURRENT_RUNS_REACHED",
                "WORKSPACE_RUN_LIMIT_EXCEEDED",
                "CLIENT_ERROR",
                "The workspace has reached the quota for the maximum number of concurrent active runs.",
                null);
    }
}
