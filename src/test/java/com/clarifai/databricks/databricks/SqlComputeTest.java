package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.SqlCompute.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlComputeTest {

    private static final String WAREHOUSE = "GET /api/2.0/sql/warehouses/w";
    private static final String START_WAREHOUSE = "POST /api/2.0/sql/warehouses/w/start";
    private static final String CLUSTER = "GET /api/2.1/clusters/get";
    private static final String START_CLUSTER = "POST /api/2.1/clusters/start";
    private static final String ME = "GET /api/2.0/preview/scim/v2/Me";
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();
    private final SqlCompute warehouse = SqlCompute.of(client, null, "w", null, null);
    private final SqlCompute cluster = SqlCompute.of(client, null, null, null, "c");
    private final List<Progress> progress = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    private static Answer warehouse(String state) {
        return json("{\"id\":\"w\",\"name\":\"W\",\"state\":\"%s\"}".formatted(state));
    }

    private static Answer cluster(String state) {
        return json("{\"cluster_id\":\"c\",\"cluster_name\":\"C\",\"state\":\"%s\"}".formatted(state));
    }

    private static Answer terminated(String code, String type, String message) {
        return json(("{\"cluster_id\":\"c\",\"cluster_name\":\"C\",\"state\":\"TERMINATED\",\"termination_reason\":"
                        + "{\"code\":\"%s\",\"type\":\"%s\",\"parameters\":{\"databricks_error_message\":\"%s\"}}}")
                .formatted(code, type, message));
    }

    private void start(SqlCompute compute) {
        compute.ensureRunning(LIMIT, progress::add);
    }

    private DatabricksException failure(SqlCompute compute) {
        return catchThrowableOfType(DatabricksException.class, () -> start(compute));
    }

    @Test
    void aRunningWarehouseIsNotWaitedFor() {
        workspace.on(WAREHOUSE, warehouse("RUNNING"));

        start(warehouse);

        assertThat(workspace.requests()).hasSize(1);
        assertThat(progress).isEmpty();
    }

    @Test
    void aStoppedWarehouseIsStartedAndWaitedFor() {
        workspace
                .on(WAREHOUSE, warehouse("STOPPED"), warehouse("STARTING"), warehouse("STARTING"), warehouse("RUNNING"))
                .on(START_WAREHOUSE, json("{}"));

        start(warehouse);

        assertThat(workspace.requests("POST")).hasSize(1);
        assertThat(progress).extracting(Progress::state).containsExactly("STOPPED", "STARTING", "STARTING");
        assertThat(progress.get(2)).isEqualTo(new Progress("warehouse w (W)", "STARTING", Duration.ofSeconds(4)));
    }

    @Test
    void aWarehouseThatIsStoppingIsStartedWhenItHasStopped() {
        workspace
                .on(WAREHOUSE, warehouse("STOPPING"), warehouse("STOPPED"), warehouse("STARTING"), warehouse("RUNNING"))
                .on(START_WAREHOUSE, json("{}"));

        start(warehouse);

        assertThat(workspace.requests())
                .extracting(FakeWorkspace.Request::method)
                .containsExactly("GET", "GET", "POST", "GET", "GET");
    }

    @Test
    void aWarehouseThatDoesNotComeUpSaysWhy() {
        workspace
                .on(
                        WAREHOUSE,
                        warehouse("STOPPED"),
                        json("{\"id\":\"w\",\"name\":\"W\",\"state\":\"STOPPED\",\"health\":{\"status\":\"FAILED\","
                                + "\"failure_reason\":{\"code\":\"BOOTSTRAP_TIMEOUT\",\"type\":\"SERVICE_FAULT\"},"
                                + "\"summary\":\"It did not\\nboot\"}}"))
                .on(START_WAREHOUSE, json("{}"));

        assertThat(failure(warehouse))
                .hasMessage("warehouse w (W) did not start: BOOTSTRAP_TIMEOUT, SERVICE_FAULT; It did not boot")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.NOT_STARTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETED", "DELETING"})
    void aDeletedWarehouseIsNotWaitedFor(String state) {
        workspace.on(WAREHOUSE, warehouse(state));

        assertThat(failure(warehouse).kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(workspace.waits()).isEmpty();
    }

    @Test
    void aWarehouseIsFoundByItsName() {
        workspace
                .on(
                        "GET /api/2.0/sql/warehouses",
                        json("{\"warehouses\":[{\"id\":\"v\",\"name\":\"V\"},{\"id\":\"w\",\"name\":\"W\"}]}"))
                .on(WAREHOUSE, warehouse("RUNNING"));
        SqlCompute named = SqlCompute.of(client, "", "", "W", "c");

        start(named);

        assertThat(named.httpPath()).isEqualTo("/sql/1.0/warehouses/w");
        assertThat(workspace.requests()).hasSize(2);
    }

    @Test
    void aNameThatIsNoneOrSeveralWarehousesIsRefused() {
        workspace.on(
                "GET /api/2.0/sql/warehouses",
                json("{\"warehouses\":[{\"id\":\"v\",\"name\":\"V\"},{\"id\":\"w\",\"name\":\"V\"}]}"));

        assertThat(failure(SqlCompute.of(client, null, null, "X", null)))
                .hasMessageStartingWith("get warehouse 'X'")
                .hasMessageContaining("none of this name")
                .hasMessageContaining("[V, V]");
        assertThat(failure(SqlCompute.of(client, null, null, "V", null)))
                .hasMessageContaining("2 of this name, with the ids [v, w]");
    }

    @Test
    void aTerminatedClusterIsStartedAndWaitedFor() {
        workspace
                .on(
                        CLUSTER,
                        terminated("INACTIVITY", "SUCCESS", "idle"),
                        cluster("PENDING"),
                        cluster("RESTARTING"),
                        cluster("RUNNING"))
                .on(START_CLUSTER, json("{}"));

        start(cluster);

        assertThat(new String(workspace.requests("POST").get(0).body())).isEqualTo("{\"cluster_id\":\"c\"}");
        assertThat(progress).extracting(Progress::state).containsExactly("TERMINATED", "PENDING", "RESTARTING");
    }

    @Test
    void aClusterThatSomebodyElseHasStartedIsWaitedFor() {
        workspace
                .on(CLUSTER, cluster("TERMINATED"), cluster("PENDING"), cluster("RESIZING"))
                .on(START_CLUSTER, error(400, "INVALID_STATE", "Cluster c is in unexpected state Pending."));

        assertThatCode(() -> start(cluster)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_QUOTA_EXCEEDED_EXCEPTION, CLIENT_ERROR, QUOTA_EXCEEDED",
        "AWS_MAX_SPOT_INSTANCE_COUNT_EXCEEDED_FAILURE, CLIENT_ERROR, QUOTA_EXCEEDED",
        "INSTANCE_POOL_MAX_CAPACITY_REACHED, CLIENT_ERROR, QUOTA_EXCEEDED",
        "CLOUD_PROVIDER_RESOURCE_STOCKOUT, CLOUD_FAILURE, NO_CAPACITY",
        "AWS_INSUFFICIENT_INSTANCE_CAPACITY_FAILURE, CLOUD_FAILURE, NO_CAPACITY",
        "INIT_SCRIPT_FAILURE, CLIENT_ERROR, NOT_STARTED",
        "BOOTSTRAP_TIMEOUT, SERVICE_FAULT, NOT_STARTED"
    })
    void aClusterThatTerminatesInsteadOfStartingSaysWhy(String code, String type, Kind kind) {
        workspace
                .on(
                        CLUSTER,
                        terminated("INACTIVITY", "SUCCESS", "idle"),
                        cluster("PENDING"),
                        terminated(code, type, "that is why"))
                .on(START_CLUSTER, json("{}"));

        assertThat(failure(cluster))
                .hasMessage("cluster c (C) did not start: " + code + ", " + type + "; that is why")
                .extracting(DatabricksException::kind)
                .isEqualTo(kind);
    }

    @Test
    void aStartThatIsRefusedForTheQuotaIsToldFromOneThatIsForbidden() {
        workspace
                .on(CLUSTER, cluster("TERMINATED"))
                .on(
                        START_CLUSTER,
                        error(400, "RESOURCE_LIMIT_EXCEEDED", "too many clusters"),
                        error(403, "PERMISSION_DENIED", "no CAN_RESTART"));

        assertThat(failure(cluster).kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
        assertThat(failure(cluster))
                .hasMessageStartingWith("start cluster c")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.PERMISSION_DENIED);
    }

    private static Answer cluster(String state, String version, String mode) {
        return json(("{\"cluster_id\":\"c\",\"cluster_name\":\"C\",\"state\":\"%s\",\"spark_version\":\"%s\","
                        + "\"data_security_mode\":\"%s\"}")
                .formatted(state, version, mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONE",
                "LEGACY_TABLE_ACL",
                "LEGACY_PASSTHROUGH",
                "LEGACY_SINGLE_USER",
                "LEGACY_SINGLE_USER_STANDARD"
            })
    void aClusterWithoutUnityCatalogIsRefusedByItsModeAndNotStarted(String mode) {
        workspace.on(CLUSTER, cluster("TERMINATED", "16.4.x-scala2.12", mode));

        assertThat(failure(cluster))
                .hasMessageContainingAll(
                        "cluster c (C) has no Unity Catalog", mode, "Standard or Dedicated", "or a warehouse");
        assertThat(workspace.requests("POST")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "13.3.x-scala2.12, 13.3",
        "14.1.x-photon-scala2.12, 14.1",
        "9.1.x-aarch64-scala2.12, 9.1",
        "10.4.x-gpu-ml-scala2.12, 10.4"
    })
    void aClusterOfARuntimeThatTakesNoParametersIsRefusedByItsVersionAndNotStarted(String version, String shown) {
        workspace.on(CLUSTER, cluster("TERMINATED", version, "SINGLE_USER"));

        assertThat(failure(cluster))
                .hasMessageContainingAll(
                        "cluster c (C) runs Databricks Runtime " + shown + ",", "14.2 or later", "or a warehouse")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.INVALID);
        assertThat(workspace.requests("POST")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "14.2.x-scala2.12, USER_ISOLATION",
        "14.3.x-photon-scala2.12, SINGLE_USER",
        "15.0.x-scala2.12, DATA_SECURITY_MODE_AUTO",
        "17.3.x-scala2.13, DATA_SECURITY_MODE_STANDARD",
        "100.1.x-scala3, SOME_MODE_OF_LATER"
    })
    void aClusterOfALaterRuntimeIsTakenAndToldWithItsVersion(String version, String mode) {
        workspace.on(CLUSTER, cluster("RUNNING", version, mode));

        assertThat(cluster.ensureRunning(LIMIT, progress::add)).isEqualTo("cluster c (C) with " + version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "custom:release__13.3.x-snapshot-scala2.12__databricks-universe__head",
                "13.x-snapshot-scala2.12",
                "dev-13.3",
                "apache-spark-3.4",
                "an unknown version"
            })
    void aVersionThatIsNotUnderstoodIsTakenAndToldAsSuch(String version) {
        workspace.on(CLUSTER, cluster("RUNNING", version, "SINGLE_USER"));

        assertThat(cluster.ensureRunning(LIMIT, progress::add))
                .isEqualTo("cluster c (C) with " + version + ", which may not be 14.2 or later");
    }

    @Test
    void theWaitHasAnEnd() {
        workspace.on(CLUSTER, cluster("PENDING"));

        assertThat(failure(cluster)).hasMessage("cluster c (C) is still PENDING after 20 minutes");
        assertThat(workspace.time().waited()).isBetween(LIMIT, LIMIT.plusSeconds(5));
    }

    @Test
    void whoeverIsToldOfTheProgressMayEndTheWait() {
        workspace.on(CLUSTER, cluster("PENDING"));

        assertThatThrownBy(() -> cluster.ensureRunning(LIMIT, told -> {
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
    }

    @Test
    void thePathOfAClusterHasTheNumberOfTheWorkspace() {
        workspace.on(ME, json("{}").with("x-databricks-org-id", "42"));

        assertThat(cluster.httpPath()).isEqualTo("sql/protocolv1/o/42/c");
    }

    @Test
    void theNumberOfTheWorkspaceIsInItsConfigurationWhereNoAnswerTellsIt() {
        workspace.on(ME, json("{}")).on("GET /.well-known/databricks-config", json("{\"workspace_id\":\"43\"}"));

        assertThat(cluster.httpPath()).isEqualTo("sql/protocolv1/o/43/c");
    }

    @Test
    void aWorkspaceThatDoesNotTellItsNumberNeedsTheWholePath() {
        workspace.on(ME, json("{}")).on("GET /.well-known/databricks-config", status(404));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(cluster::httpPath)
                .withMessageContaining("databricks.http-path");
    }

    @Test
    void aWholePathIsTakenAsItIsAndItsComputeStarted() {
        workspace.on(WAREHOUSE, warehouse("RUNNING")).on(CLUSTER, cluster("RUNNING"));

        for (String path : List.of("/sql/1.0/warehouses/w", "/sql/1.0/endpoints/w", "sql/protocolv1/o/7/c")) {
            SqlCompute given = SqlCompute.of(client, path, "other", null, null);
            start(given);
            assertThat(given.httpPath()).isEqualTo(path.replace("endpoints", "warehouses"));
        }

        assertThat(workspace.requests())
                .extracting(FakeWorkspace.Request::target)
                .containsExactly(
                        "/api/2.0/sql/warehouses/w", "/api/2.0/sql/warehouses/w", "/api/2.1/clusters/get?cluster_id=c");
    }

    private WorkspaceClient unified(String id) {
        return workspace.client(WorkspaceSettings.of(workspace.host() + "?o=" + id, FakeWorkspace.TOKEN));
    }

    @ParameterizedTest
    @CsvSource({
        "/sql/1.0/warehouses/w?o=42, /sql/1.0/warehouses/w?o=42",
        "https://unified.example.com/sql/warehouses/w?o=42, /sql/1.0/warehouses/w?o=42",
        "https://unified.example.com/sql/warehouses/w/?o=42#monitoring, /sql/1.0/warehouses/w?o=42",
        "sql/protocolv1/o/42/c?o=42, sql/protocolv1/o/42/c?o=42",
        "sql/protocolv1/o/0/c, sql/protocolv1/o/0/c?o=42",
    })
    void pathsAsTheyArePastedAreUnderstoodAndNameTheWorkspaceToTheDriver(String pasted, String path) {
        workspace.on(WAREHOUSE, warehouse("RUNNING")).on(CLUSTER, cluster("RUNNING"));

        try (WorkspaceClient unified = unified("42")) {
            SqlCompute given = SqlCompute.of(unified, pasted, null, null, null);
            start(given);
            assertThat(given.httpPath()).isEqualTo(path);
            assertThat(SqlCompute.of(unified, null, "w", null, null).httpPath())
                    .isEqualTo("/sql/1.0/warehouses/w?o=42");
            assertThat(SqlCompute.of(unified, null, null, null, "c").httpPath())
                    .isEqualTo("sql/protocolv1/o/42/c?o=42");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sql/1.0/warehouses/w?o=42", "sql/protocolv1/o/42/c", "https://h/sql/warehouses/w?o=42#x"})
    void aPathOfAnotherWorkspaceIsRefusedByName(String path) {
        try (WorkspaceClient unified = unified("43")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqlCompute.of(unified, path, null, null, null))
                    .withMessageContainingAll("databricks.http-path", "42", "43", "databricks.workspace-id");
        }
    }

    @Test
    void noComputeOrANonsensicalPathIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlCompute.of(client, " ", null, "", null))
                .withMessageContainingAll(
                        "databricks.warehouse-id",
                        "databricks.warehouse-name",
                        "databricks.cluster-id",
                        "databricks.http-path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlCompute.of(client, "nonsense", null, null, null))
                .withMessageContaining("'nonsense'");
    }
}
