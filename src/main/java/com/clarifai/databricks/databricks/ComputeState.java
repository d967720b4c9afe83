package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a warehouse or a cluster does at the moment.
 *
 * @param call that told it
 * @param what "warehouse w (name)"
 * @param described the same with what else is known of it, or not known
 * @param name the API's word for the state
 * @param reason why it stopped or failed, in the API's words; empty when it says nothing
 */
record ComputeState(
        WorkspaceCall call,
        String what,
        String described,
        String name,
        boolean running,
        boolean stopped,
        boolean failed,
        String reason) {

    private static final Set<String> FAILED = Set.of("ERROR", "DELETED", "DELETING");

    static ComputeState ofWarehouse(Map<String, Object> warehouse) {
        String state = String.valueOf(warehouse.get("state"));
        Map<String, Object> health = object(warehouse, "health");
        String what = "warehouse " + warehouse.get("id") + " (" + warehouse.get("name") + ")";
        return new ComputeState(
                WorkspaceCall.GET_WAREHOUSE,
                what,
                what,
                state,
                state.equals("RUNNING"),
                state.equals("STOPPED"),
                FAILED.contains(state),
                reason(
                        object(health, "failure_reason"),
                        ApiJson.text(health, "summary"),
                        ApiJson.text(health, "details"),
                        ApiJson.text(health, "message")));
    }

    static ComputeState ofCluster(Map<String, Object> cluster) {
        String state = String.valueOf(cluster.get("state"));
        ClusterRuntime runtime = ClusterRuntime.of(cluster);
        runtime.refuseUnsuitable();
        return new ComputeState(
                WorkspaceCall.GET_CLUSTER,
                runtime.what(),
                runtime.described(),
                state,
                state.equals("RUNNING") || state.equals("RESIZING"),
                state.equals("TERMINATED"),
                FAILED.contains(state),
                reason(object(cluster, "termination_reason"), ApiJson.text(cluster, "state_message")));
    }

    /** Code, type, parameters, and what else is said, once each. */
    private static String reason(Map<String, Object> reason, String... texts) {
        Set<String> said = Stream.concat(
                        Stream.concat(
                                Stream.of(codeAndType(reason)),
                                object(reason, "parameters").values().stream().map(String::valueOf)),
                        Stream.of(texts))
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join("; ", said).replaceAll("\\s+", " ");
    }

    private static String codeAndType(Map<String, Object> reason) {
        return Stream.of(reason.get("code"), reason.get("type"))
                .filter(text -> text != null)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    /** The words of the reason's code tell quota and capacity from everything else. */
    DatabricksException failure(String message) {
        String text = reason.isEmpty() ? message + "no reason given" : message;
        return new DatabricksException(kind(reason), call, text);
    }

    /** @param reason why it did not come up, as the service says it */
    static Kind kind(String reason) {
        if (reason.matches("(?is).*(QUOTA|LIMIT_EXCEEDED|MAX_CAPACITY|MAX_SPOT).*")) {
            return Kind.QUOTA_EXCEEDED;
        }
        if (reason.matches("(?is).*(STOCKOUT|INSUFFICIENT|CAPACITY|ALLOCATION_?FAILED|SKUNOTAVAILABLE).*")) {
            return Kind.NO_CAPACITY;
        }
        return Kind.NOT_STARTED;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> json, String name) {
        return json.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
