package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.sql.SqlEndpoint;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All-purpose clusters: one that runs, one that has terminated and takes a moment to start, one of an old runtime that
 * takes no parameters in statements, one of a custom image, and one for each access mode without Unity Catalog.
 */
final class ClustersApi {

    /** The cluster that runs at first. */
    static final String RUNNING_ID = "0101-000000-running1";

    private static final String CLUSTERS = "/api/2.1/clusters";

    private static final String OLD_VERSION = "13.3.x-scala2.12";

    private static final List<String> MODES_WITHOUT_UNITY_CATALOG = List.of(
            "NONE", "LEGACY_TABLE_ACL", "LEGACY_PASSTHROUGH", "LEGACY_SINGLE_USER", "LEGACY_SINGLE_USER_STANDARD");

    /** As documented: the cluster's own variable, whose value is a reference, so that nobody sees the token. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("CLARIFAI_PAT", "{{secrets/" + SecretsApi.SCOPE + "/" + SecretsApi.KEY + "}}");

    /** Of each cluster that is there. */
    private static final int WORKERS = 2;

    private record Cluster(Compute compute, String name, String sparkVersion, String accessMode) {}

    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    /** @param startTime how long a start takes */
    ClustersApi(Clock clock, Supplier<Duration> startTime) {
        Function<String, Compute> running = id -> new Compute(id, Compute.State.RUNNING, clock, startTime);
        add(new Cluster(running.apply(RUNNING_ID), "sandbox", "16.4.x-scala2.12", "SINGLE_USER"));
        add(new Cluster(
                new Compute("0101-000000-stopped1", Compute.State.STOPPED, clock, startTime),
                "sandbox-on-demand",
                "15.4.x-scala2.12",
                "USER_ISOLATION"));
        add(new Cluster(running.apply("0101-000000-oldrun13"), "old-runtime", OLD_VERSION, "SINGLE_USER"));
        add(new Cluster(
                running.apply("0101-000000-customim"),
                "custom-image",
                "custom:release__16.4.x-snapshot-scala2.12__databricks-universe__head",
                "SINGLE_USER"));
        for (int i = 0; i < MODES_WITHOUT_UNITY_CATALOG.size(); i++) {
            String mode = MODES_WITHOUT_UNITY_CATALOG.get(i);
            add(new Cluster(running.apply("0101-000000-nocatal" + i), "mode-" + mode, "14.3.x-scala2.12", mode));
        }
    }

    private void add(Cluster cluster) {
        clusters.put(cluster.compute().id(), cluster);
    }

    void register(Routes routes) {
        routes.add("GET", CLUSTERS + "/list", "clusters:list", this::list)
                .add("GET", CLUSTERS + "/get", "clusters:get", this::get)
                .add("POST", CLUSTERS + "/start", "clusters:start", this::start);
        ControlApi.add(routes, "POST", "/clusters", new ComputeControl(id -> require(id)
                .compute()));
    }

    /** The cluster at a Thrift path {@code …/o/{org}/{cluster}}. */
    Compute attach(HttpServerExchange exchange) {
        Parameters path = Parameters.of(exchange);
        if (!path.require("org").equals(BearerAuth.ORG_ID)) {
            throw ApiError.invalid("Invalid workspace id: " + path.require("org"));
        }
        Cluster cluster = clusters.get(path.require("cluster"));
        if (cluster == null) {
            throw new ApiError(404, "RESOURCE_DOES_NOT_EXIST", "No cluster found matching: " + path.require("cluster"));
        }
        exchange.putAttachment(SqlEndpoint.OLD_RUNTIME, cluster.sparkVersion().equals(OLD_VERSION));
        return cluster.compute();
    }

    /** What a run meets of a cluster. */
    JobCluster ofJob(String id) {
        Cluster cluster = require(id);
        return new JobCluster(
                id, cluster.compute(), cluster.sparkVersion(), cluster.accessMode(), WORKERS, ENVIRONMENT);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Json.send(
                exchange,
                Map.of(
                        "clusters",
                        clusters.values().stream().map(ClustersApi::describe).toList()));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, describe(require(Parameters.of(exchange).require("cluster_id"))));
    }

    private void start(HttpServerExchange exchange) throws IOException {
        Cluster cluster = require(Json.required(Json.read(exchange), "cluster_id"));
        if (!cluster.compute().start()) {
            throw new ApiError(
                    400,
                    "INVALID_STATE",
                    "Cluster " + cluster.compute().id() + " is in unexpected state " + state(cluster) + ".");
        }
        Json.send(exchange, Map.of());
    }

    private Cluster require(String id) {
        Cluster cluster = clusters.get(id);
        if (cluster == null) {
            throw ApiError.invalid("Cluster " + id + " does not exist");
        }
        return cluster;
    }

    private static String state(Cluster cluster) {
        return switch (cluster.compute().state()) {
            case RUNNING -> "RUNNING";
            case STARTING -> "PENDING";
            case STOPPED -> "TERMINATED";
        };
    }

    private static Map<String, Object> describe(Cluster cluster) {
        String state = state(cluster);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cluster_id", cluster.compute().id());
        body.put("cluster_name", cluster.name());
        body.put("spark_version", cluster.sparkVersion());
        body.put("data_security_mode", cluster.accessMode());
        body.put("spark_env_vars", ENVIRONMENT);
        body.put("num_workers", WORKERS);
        body.put("autotermination_minutes", 60);
        body.put("cluster_source", "UI");
        body.put("creator_user_name", ScimApi.USER_NAME);
        body.put("state", state);
        body.put("state_message", state.equals("PENDING") ? "Starting Spark" : "");
        if (state.equals("TERMINATED")) {
            body.put(
                    "termination_reason",
                    cluster.compute().failure().map(TerminationReason::of).orElseGet(TerminationReason::inactivity));
        }
        return body;
    }
}
