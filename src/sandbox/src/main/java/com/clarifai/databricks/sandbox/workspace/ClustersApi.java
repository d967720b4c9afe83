package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All-purpose clusters: one that runs, one that has terminated and takes a moment to start, and one without Unity
 * Catalog.
 */
final class ClustersApi {

    static final Duration START_TIME = Duration.ofSeconds(2);
    private static final String CLUSTERS = "/api/2.1/clusters";

    private record Spec(String id, String name, String sparkVersion, String accessMode, boolean running) {}

    private static final List<Spec> SPECS = List.of(
            new Spec("0101-000000-running1", "sandbox", "16.4.x-scala2.12", "SINGLE_USER", true),
            new Spec("0101-000000-stopped1", "sandbox-on-demand", "15.4.x-scala2.12", "USER_ISOLATION", false),
            new Spec("0101-000000-nocatal1", "no-unity-catalog", "14.3.x-scala2.12", "NONE", true));

    private final Clock clock;
    private final Map<String, Instant> started = new ConcurrentHashMap<>();

    ClustersApi(Clock clock) {
        this.clock = clock;
    }

    void register(Routes routes) {
        routes.add("GET", CLUSTERS + "/list", "clusters:list", this::list)
                .add("GET", CLUSTERS + "/get", "clusters:get", this::get)
                .add("POST", CLUSTERS + "/start", "clusters:start", this::start);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Json.send(
                exchange, Map.of("clusters", SPECS.stream().map(this::describe).toList()));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, describe(require(Parameters.of(exchange).require("cluster_id"))));
    }

    private void start(HttpServerExchange exchange) throws IOException {
        Spec spec = require(Json.required(Json.read(exchange), "cluster_id"));
        if (spec.running() || started.putIfAbsent(spec.id(), clock.instant()) != null) {
            throw new ApiError(
                    400, "INVALID_STATE", "Cluster " + spec.id() + " is in unexpected state " + state(spec) + ".");
        }
        Json.send(exchange, Map.of());
    }

    private static Spec require(String id) {
        return SPECS.stream()
                .filter(spec -> spec.id().equals(id))
                .findAny()
                .orElseThrow(() -> ApiError.invalid("Cluster " + id + " does not exist"));
    }

    private String state(Spec spec) {
        if (spec.running()) {
            return "RUNNING";
        }
        Instant start = started.get(spec.id());
        if (start == null) {
            return "TERMINATED";
        }
        return clock.instant().isBefore(start.plus(START_TIME)) ? "PENDING" : "RUNNING";
    }

    private Map<String, Object> describe(Spec spec) {
        String state = state(spec);
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("cluster_id", spec.id());
        cluster.put("cluster_name", spec.name());
        cluster.put("spark_version", spec.sparkVersion());
        cluster.put("data_security_mode", spec.accessMode());
        cluster.put("autotermination_minutes", 60);
        cluster.put("cluster_source", "UI");
        cluster.put("creator_user_name", ScimApi.USER_NAME);
        cluster.put("state", state);
        cluster.put("state_message", state.equals("PENDING") ? "Starting Spark" : "");
        if (state.equals("TERMINATED")) {
            cluster.put(
                    "termination_reason",
                    Map.of(
                            "code",
                            "INACTIVITY",
                            "type",
                            "SUCCESS",
                            "parameters",
                            Map.of("inactivity_duration_min", "60")));
        }
        return cluster;
    }
}
