package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What runs SQL in a workspace: a warehouse or a cluster. */
public final class SqlCompute {

    /** How long a start may take: that of a cluster takes three to seven minutes when all goes well. */
    public static final Duration DEFAULT_START_LIMIT = Duration.ofMinutes(20);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Pattern WAREHOUSE_PATH = Pattern.compile(".*/(?:warehouses|endpoints)/([^/?;]+)/?");
    private static final Pattern CLUSTER_PATH = Pattern.compile(".*/o/[^/]+/([^/?;]+)/?");

    /** A start that is waited for. */
    public record Progress(String what, String state, Duration waited) {}

    private final WorkspaceClient client;
    private final String givenPath;
    private final String warehouseName;
    private String warehouseId;
    private final String clusterId;

    private SqlCompute(
            WorkspaceClient client, String givenPath, String warehouseId, String warehouseName, String clusterId) {
        this.client = client;
        this.givenPath = givenPath;
        this.warehouseId = warehouseId;
        this.warehouseName = warehouseName;
        this.clusterId = clusterId;
    }

    /**
     * The compute that these settings choose: the first one that is neither null nor blank. Calls nothing.
     *
     * @param httpPath as in the connection details of a warehouse or a cluster
     */
    public static SqlCompute of(
            WorkspaceClient client, String httpPath, String warehouseId, String warehouseName, String clusterId) {
        if (isSet(httpPath)) {
            Matcher warehouse = WAREHOUSE_PATH.matcher(httpPath.strip());
            Matcher cluster = CLUSTER_PATH.matcher(httpPath.strip());
            if (warehouse.matches()) {
                return new SqlCompute(client, httpPath.strip(), warehouse.group(1), null, null);
            }
            if (cluster.matches()) {
                return new SqlCompute(client, httpPath.strip(), null, null, cluster.group(1));
            }
            throw new IllegalArgumentException("databricks.http-path is '" + httpPath
                    + "': it must look like /sql/1.0/warehouses/<id> or sql/protocolv1/o/<workspace>/<cluster>");
        }
        if (isSet(warehouseId)) {
            return new SqlCompute(client, null, warehouseId.strip(), null, null);
        }
        if (isSet(warehouseName)) {
            return new SqlCompute(client, null, null, warehouseName.strip(), null);
        }
        if (isSet(clusterId)) {
            return new SqlCompute(client, null, null, null, clusterId.strip());
        }
        throw new IllegalArgumentException("no SQL compute is chosen: set databricks.warehouse-id,"
                + " databricks.warehouse-name, databricks.cluster-id or databricks.http-path");
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    /** The HTTP path that the JDBC driver takes; a name, or the number of the workspace, is looked up. */
    public String httpPath() {
        if (givenPath != null) {
            return givenPath;
        }
        return clusterId == null
                ? "/sql/1.0/warehouses/" + warehouseId()
                : "sql/protocolv1/o/" + CurrentUser.workspaceId(client) + "/" + clusterId;
    }

    /** The id of the warehouse, looked up where only its name is known; empty for a cluster. */
    Optional<String> warehouse() {
        return clusterId == null ? Optional.of(warehouseId()) : Optional.empty();
    }

    private synchronized String warehouseId() {
        if (warehouseId == null) {
            List<Map<String, Object>> warehouses = new Warehouses(client).list();
            List<String> ids = warehouses.stream()
                    .filter(warehouse -> warehouseName.equals(Json.text(warehouse, "name")))
                    .map(warehouse -> Json.text(warehouse, "id"))
                    .toList();
            if (ids.size() != 1) {
                List<String> names = warehouses.stream()
                        .map(warehouse -> Json.text(warehouse, "name"))
                        .toList();
                throw new DatabricksException(
                        Kind.NOT_FOUND,
                        WorkspaceCall.GET_WAREHOUSE,
                        WorkspaceCall.GET_WAREHOUSE.of("'" + warehouseName + "'")
                                + " at " + client.host() + ": "
                                + (ids.isEmpty()
                                        ? "there is none of this name that may be used; there are " + names
                                        : "there are " + ids.size() + " of this name, with the ids " + ids));
            }
            warehouseId = ids.get(0);
        }
        return warehouseId;
    }

    /**
     * Returns when the compute runs; one that has stopped is started.
     *
     * @param progress told every few seconds of the wait; may end it by an exception
     * @throws DatabricksException when there is no such compute, it may not be started, or does not come up:
     *     {@link Kind#QUOTA_EXCEEDED}, {@link Kind#NO_CAPACITY}, {@link Kind#NOT_STARTED}
     */
    public void ensureRunning(Duration limit, Consumer<Progress> progress) {
        Instant since = client.time().now();
        boolean started = false;
        for (ComputeState state = state(); !state.running(); state = state()) {
            if (state.failed() || state.stopped() && started) {
                throw state.failure(state.what() + " did not start: " + state.reason());
            }
            Duration waited = Duration.between(since, client.time().now());
            if (waited.compareTo(limit) > 0) {
                throw new DatabricksException(
                        Kind.NOT_STARTED,
                        state.call(),
                        state.what() + " is still " + state.name() + " after " + limit.toMinutes() + " minutes");
            }
            if (state.stopped()) {
                start();
                started = true;
            }
            progress.accept(new Progress(state.what(), state.name(), waited));
            pause(state);
        }
    }

    private ComputeState state() {
        return clusterId == null
                ? ComputeState.ofWarehouse(new Warehouses(client).get(warehouseId()))
                : ComputeState.ofCluster(new Clusters(client).get(clusterId));
    }

    private void start() {
        try {
            if (clusterId == null) {
                new Warehouses(client).start(warehouseId());
            } else {
                new Clusters(client).start(clusterId);
            }
        } catch (DatabricksException e) {
            // somebody else has started it in the meantime
            if (!e.says("INVALID_STATE")) {
                throw e;
            }
        }
    }

    private void pause(ComputeState state) {
        try {
            client.time().sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabricksException(
                    Kind.NOT_STARTED,
                    state.call(),
                    "interrupted while waiting for " + state.what() + ", which is " + state.name());
        }
    }
}
