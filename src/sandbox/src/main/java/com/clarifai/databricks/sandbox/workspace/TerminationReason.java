package com.clarifai.databricks.sandbox.workspace;

import java.util.Map;

/** Why a cluster or warehouse does not run, as the Clusters and SQL Warehouses APIs tell it. */
record TerminationReason(String code, String type, Map<String, String> parameters) {

    static TerminationReason of(Compute.Failure failure) {
        return new TerminationReason(
                failure.code(),
                failure.type(),
                Map.of("databricks_error_message", "Planned by the sandbox: " + failure.code()));
    }

    static TerminationReason inactivity() {
        return new TerminationReason("INACTIVITY", "SUCCESS", Map.of("inactivity_duration_min", "60"));
    }
}
