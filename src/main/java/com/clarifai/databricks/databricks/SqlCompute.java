package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What runs SQL in a workspace: a warehouse or a cluster. */
public final class SqlCompute {

    /** How long a start may take: that of a cluster takes three to seven minutes when all goes well. */
    public static final Duration DEFAULT_START_LIMIT = Duration.ofMinutes(20);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Pattern WAREHOUSE_PATH = Pattern.compile(".*/(?:warehouses|endpoints)/([^/?;#]+)/?([?#].*)?");
    private static final Pattern CLUSTER_PATH = Pattern.compile(".*/o/([^/]+)/([^/?;#]+)/?([?#].*)?");
    /** Where there is but one workspace, its number in the path of a cluster may be this. */
    private static final String ANY_WORKSPACE = "0";

    /** A start that is waited for. */
    public record Progress(String what, String state, Duration waited) {}

    private final WorkspaceClient client;
    /** In the given path of a cluster; null for none. */
    private final String workspaceNumber;

    private final String warehouseName;
    private String warehouseId;
    private final String clusterId;

    private SqlCompute(
            WorkspaceClient client,
            String workspaceNumber,
            String warehouseId,
            String warehouseName,
            String clusterId) {
        this.client = client;
        this.workspaceNumber = workspaceNumber;
        this.warehouseId = warehouseId;
        this.warehouseName = warehouseName;
        this.clusterId = clusterId;
    }

    /**
     * The compute that these settings choose: the first one that is neither null nor blank. Calls nothing.
     *
     * @param httpPath as in the connection details of a warehouse or a cluster, or the address of a warehouse's page
     * @throws IllegalArgumentException naming the setting that is missing, or a path that cannot be one or is of another
     *     workspace
     */
    public static SqlCompute of(
            WorkspaceClient client, String httpPath, String warehouseId, String warehouseName, String clusterId) {
        if (isSet(httpPath)) {
            return at(httpPath.strip(), client);
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

    private static SqlCompute at(String httpPath, WorkspaceClient client) {
        Matcher warehouse = WAREHOUSE_PATH.matcher(httpPath);
        Matcher cluster = CLUSTER_PATH.matcher(httpPath);
        refuseAnotherWorkspace(WorkspaceAddress.idIn(httpPath), client);
        if (warehouse.matches()) {
            return new SqlCompute(client, null, warehouse.group(1), null, null);
        }
        if (cluster.matches()) {
            if (!cluster.group(1).equals(ANY_WORKSPACE)) {
                refuseAnotherWorkspace(cluster.group(1), client);
            }
            return new SqlCompute(client, cluster.group(1), null, null, cluster.group(2));
        }
        throw new IllegalArgumentException("databricks.http-path is '" + httpPath
                + "': it must look like /sql/1.0/warehouses/<id> or sql/protocolv1/o/<workspace>/<cluster>");
    }

    private static void refuseAnotherWorkspace(String id, WorkspaceClient client) {
        String meant = client.settings().address().workspaceId();
        if (WorkspaceAddress.differ(id, meant)) {
            throw new IllegalArgumentException("databricks.http-path belongs to workspace " + id + ", but " + meant
                    + " is meant (databricks.workspace-id, or ?o= of databricks.host): correct one of them");
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    /**
     * The HTTP path that the JDBC driver takes; a name, or the number of the workspace, is looked up. Where a workspace is
     * named the path says so, from which the driver makes a header of all its calls.
     */
    public String httpPath() {
        String named = Objects.requireNonNullElse(client.settings().address().workspaceId(), "");
        String query = named.isEmpty() ? "" : "?o=" + named;
        if (clusterId == null) {
            return "/sql/1.0/warehouses/" + warehouseId() + query;
        }
        String number = workspaceNumber == null ? CurrentUser.workspaceId(client) : workspaceNumber;
        return "sql/protocolv1/o/" + number + "/" + clusterId + query;
    }

    /** The id of the warehouse, looked up where only its name is known; empty for a cluster. */
    Optional<String> warehouse() {
        return clusterId == null ? Optional.of(warehouseId()) : Optional.empty();
    }

    private synchronized String warehouseId() {
        if (warehouseId == null) {
            List<Map<String, Object>> warehouses = new Warehouses(client).list();
            List<String> ids = warehouses.stream()
                    .filter(warehouse -> warehouseName.equals(ApiJson.text(warehouse, "name")))
                    .map(warehouse -> ApiJson.text(warehouse, "id"))
                    .toList();
            if (ids.size() != 1) {
                List<String> names = warehouses.stream()
                        .map(warehouse -> ApiJson.text(warehouse, "name"))
                        .toList();
                throw new DatabricksException(
                        Kind.NOT_FOUND,
                        WorkspaceCall.GET_WAREHOUSE,
                        WorkspaceCall.GET_WAREHOUSE.of("'" + warehouseName + "'")
                                + " at " + client.host() + ": "
                                + (ids.isEmpty()
                                        ? "there is none of this name that you may use; there are " + names
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
     * @return what runs, for a person; of a cluster with its version
     * @throws DatabricksException when there is no such compute, it may not be started, or does not come up:
     *     {@link Kind#QUOTA_EXCEEDED}, {@link Kind#NO_CAPACITY}, {@link Kind#NOT_STARTED}; when it is a cluster that
     *     cannot run the statements: {@link Kind#INVALID}
     */
    public String ensureRunning(Duration limit, Consumer<Progress> progress) {
        Instant since = client.time().now();
        boolean started = false;
        ComputeState state = state();
        for (; !state.running(); state = state()) {
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
        return state.described();
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
