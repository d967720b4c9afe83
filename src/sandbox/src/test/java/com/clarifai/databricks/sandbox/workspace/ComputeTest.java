package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComputeTest {

    private static final String CLUSTER = ClustersApi.RUNNING_ID;
    private static final String START_CLUSTER = "{\"cluster_id\": \"" + CLUSTER + "\"}";
    private static final String WAREHOUSE = "/api/2.0/sql/warehouses/" + WarehousesApi.ID;

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void terminatedClusterStartsOnDemand() throws Exception {
        force("clusters", CLUSTER, "state=TERMINATED");
        assertThat(cluster().path("state").asText()).isEqualTo("TERMINATED");
        assertThat(cluster().at("/termination_reason/code").asText()).isEqualTo("INACTIVITY");

        post("/api/2.1/clusters/start", START_CLUSTER, 200);

        assertThat(cluster().path("state").asText()).isEqualTo("PENDING");
        assertThat(cluster().has("termination_reason")).isFalse();
        await().until(() -> cluster().path("state").asText().equals("RUNNING"));
    }

    @Test
    void clusterThatCannotStartTellsWhy() throws Exception {
        force("clusters", CLUSTER, "state=TERMINATED&start=AZURE_QUOTA_EXCEEDED_EXCEPTION");

        post("/api/2.1/clusters/start", START_CLUSTER, 200);

        await().until(() -> cluster().path("state").asText().equals("TERMINATED"));
        assertThat(cluster().at("/termination_reason/code").asText()).isEqualTo("AZURE_QUOTA_EXCEEDED_EXCEPTION");
        assertThat(cluster().at("/termination_reason/type").asText()).isEqualTo("CLIENT_ERROR");
        force("clusters", CLUSTER, "state=RUNNING");
        assertThat(cluster().path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void startMayBeDenied() throws Exception {
        force("clusters", CLUSTER, "state=TERMINATED&start=denied");
        force("warehouses", WarehousesApi.ID, "state=STOPPED&start=denied");

        assertThat(post("/api/2.1/clusters/start", START_CLUSTER, 403)
                        .path("error_code")
                        .asText())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(post(WAREHOUSE + "/start", "", 403).path("message").asText()).contains(WarehousesApi.ID);
        assertThat(warehouse().path("state").asText()).isEqualTo("STOPPED");
    }

    @Test
    void stoppedWarehouseStartsForAStatement() throws Exception {
        post(WAREHOUSE + "/stop", "", 200);
        assertThat(warehouse().path("state").asText()).isEqualTo("STOPPED");

        assertThat(post("/api/2.0/sql/statements", "{}", 200).path("sql").asText())
                .isEqualTo("/api/2.0/sql/statements");

        assertThat(warehouse().path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void warehouseThatCannotStartFailsTheStatementAndTellsWhy() throws Exception {
        force("warehouses", WarehousesApi.ID, "state=STOPPED&start=CLOUD_PROVIDER_LAUNCH_FAILURE");

        assertThat(post("/api/2.0/sql/statements", "{}", 400).path("message").asText())
                .contains("CLOUD_PROVIDER_LAUNCH_FAILURE");

        assertThat(warehouse().path("state").asText()).isEqualTo("STOPPED");
        assertThat(warehouse().at("/health/status").asText()).isEqualTo("FAILED");
        assertThat(warehouse().at("/health/failure_reason/code").asText()).isEqualTo("CLOUD_PROVIDER_LAUNCH_FAILURE");
        assertThat(warehouse().at("/health/failure_reason/type").asText()).isEqualTo("CLOUD_FAILURE");
    }

    @Test
    void startingWarehouseSaysSo() throws Exception {
        force("warehouses", WarehousesApi.ID, "state=STARTING");

        assertThat(warehouse().path("state").asText()).isEqualTo("STARTING");
        await().until(() -> warehouse().path("state").asText().equals("RUNNING"));
    }

    @Test
    void unknownStatesAndIdsAreRefused() throws Exception {
        post("/sandbox/clusters?id=" + CLUSTER + "&state=ASLEEP", "", 400);
        post("/sandbox/clusters?id=" + CLUSTER + "&state=RUNNING&start=maybe", "", 400);
        post("/sandbox/clusters?id=none&state=RUNNING", "", 400);
        post("/sandbox/warehouses?id=none&state=RUNNING", "", 400);
    }

    @Test
    void warehouseHasAnAliasAndOtherIdsAreRefused() throws Exception {
        JsonNode byAlias = json(workspace.get("/api/2.0/sql/warehouses/any"));
        assertThat(byAlias.path("id").asText()).isEqualTo(WarehousesApi.ID);

        HttpResponse<byte[]> unknown = workspace.get("/api/2.0/sql/warehouses/0123456789abcdef");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");

        HttpResponse<byte[]> malformed = workspace.get("/api/2.0/sql/warehouses/nowhere");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(json(malformed).path("message").asText()).isEqualTo("nowhere is not a valid endpoint id.");
    }

    private void force(String kind, String id, String query) throws Exception {
        assertThat(workspace
                        .call("POST", "/sandbox/" + kind + "?id=" + id + "&" + query, null)
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode post(String path, String body, int status) throws Exception {
        HttpResponse<byte[]> response = workspace.call("POST", path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        return json(response);
    }

    private JsonNode cluster() throws Exception {
        return json(workspace.get("/api/2.1/clusters/get?cluster_id=" + CLUSTER));
    }

    private JsonNode warehouse() throws Exception {
        return json(workspace.get(WAREHOUSE));
    }
}
