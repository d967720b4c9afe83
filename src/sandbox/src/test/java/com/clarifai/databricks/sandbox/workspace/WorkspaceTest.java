package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkspaceTest {

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void tellsTheUserAndTheWorkspaceId() throws Exception {
        HttpResponse<byte[]> me = workspace.get("/api/2.0/preview/scim/v2/Me");

        assertThat(json(me).path("active").booleanValue()).isTrue();
        assertThat(json(me).path("userName").textValue()).contains("@");
        assertThat(me.headers().firstValue("X-Databricks-Org-Id"))
                .hasValueSatisfying(id -> assertThat(id).containsOnlyDigits());
    }

    @Test
    void keepsTheClarifaiTokenAsASecret() throws Exception {
        JsonNode secret = json(workspace.get("/api/2.0/secrets/get?scope=clarifai&key=CLARIFAI_PAT"));

        assertThat(Base64.getDecoder().decode(secret.path("value").textValue()))
                .asString()
                .isEqualTo(RunningWorkspace.PAT);
        assertThat(json(workspace.get("/api/2.0/secrets/scopes/list")).findValuesAsText("name"))
                .containsExactly("clarifai");
        assertThat(json(workspace.get("/api/2.0/secrets/list?scope=clarifai")).findValuesAsText("key"))
                .containsExactly("CLARIFAI_PAT");
        for (String missing : new String[] {"scope=clarifai&key=other", "scope=other&key=CLARIFAI_PAT"}) {
            HttpResponse<byte[]> response = workspace.get("/api/2.0/secrets/get?" + missing);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).path("error_code").textValue()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        }
    }

    @Test
    void startsATerminatedClusterOnce() throws Exception {
        String start = "{\"cluster_id\": \"0101-000000-stopped1\"}";
        assertThat(clusterState()).isEqualTo("TERMINATED");

        assertThat(workspace.call("POST", "/api/2.1/clusters/start", start).statusCode())
                .isEqualTo(200);

        assertThat(clusterState()).isEqualTo("PENDING");
        HttpResponse<byte[]> again = workspace.call("POST", "/api/2.1/clusters/start", start);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(json(again).path("error_code").textValue()).isEqualTo("INVALID_STATE");
        await().until(this::clusterState, "RUNNING"::equals);
    }

    @Test
    void doesNotKnowOtherClusters() throws Exception {
        HttpResponse<byte[]> response = workspace.get("/api/2.1/clusters/get?cluster_id=none");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error_code").textValue()).isEqualTo("INVALID_PARAMETER_VALUE");
    }

    @Test
    void tellsWhereTheWarehouseIs() throws Exception {
        JsonNode odbc = json(workspace.get("/api/2.0/sql/warehouses/" + WorkspaceServer.WAREHOUSE_ID))
                .path("odbc_params");

        assertThat(odbc.path("path").textValue()).isEqualTo("/sql/1.0/warehouses/" + WorkspaceServer.WAREHOUSE_ID);
        assertThat(odbc.path("port").intValue()).isEqualTo(workspace.uri("/").getPort());
        assertThat(json(workspace.get("/api/2.0/sql/warehouses")).path("warehouses"))
                .hasSize(1);
        assertThat(workspace.get("/api/2.0/sql/warehouses/ffffffffffffffff").statusCode())
                .isEqualTo(404);
    }

    @Test
    void handsSqlOnOnlyWithTheToken() throws Exception {
        assertThat(json(workspace.call("POST", "/api/2.0/sql/statements/", "{}"))
                        .path("sql")
                        .textValue())
                .isEqualTo("/api/2.0/sql/statements/");
        assertThat(json(workspace.get("/api/2.0/sql/sessions/1")).path("sql").textValue())
                .isEqualTo("/api/2.0/sql/sessions/1");
        assertThat(workspace
                        .send(HttpRequest.newBuilder(workspace.uri("/api/2.0/sql/statements/x")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void countsCallsUntilToldToStartAgain() throws Exception {
        workspace.get("/api/2.1/unity-catalog/catalogs");
        workspace.get("/api/2.1/unity-catalog/catalogs");

        assertThat(json(workspace.get("/sandbox/calls")).path("uc:catalogs").intValue())
                .isEqualTo(2);
        workspace.call("DELETE", "/sandbox/calls", null);
        assertThat(json(workspace.get("/sandbox/calls"))).isEmpty();
    }

    @Test
    void forgetsFaultsWhenTold() throws Exception {
        workspace.plan("uc:catalogs=503\nuc:schemas=503");
        assertThat(workspace.get("/api/2.1/unity-catalog/catalogs").statusCode())
                .isEqualTo(503);

        workspace.call("DELETE", "/sandbox/faults", null);

        assertThat(workspace.get("/api/2.1/unity-catalog/catalogs").statusCode())
                .isEqualTo(200);
    }

    @Test
    void plansNoFaultOfAListWithAMistake() throws Exception {
        HttpResponse<byte[]> response = workspace.call("POST", "/sandbox/faults", "uc:catalogs=503\nnonsense");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("message").textValue()).contains("nonsense");
        assertThat(workspace.get("/api/2.1/unity-catalog/catalogs").statusCode())
                .isEqualTo(200);
    }

    @Test
    void fillsAVolumeWithACorpus() throws Exception {
        JsonNode manifest =
                json(workspace.call("POST", "/sandbox/corpus?volume=main.default.hard&files=5&small=true", null));

        assertThat(manifest.path("files").intValue()).isEqualTo(5);
        assertThat(manifest.path("small").booleanValue()).isTrue();
        assertThat(workspace
                        .get("/api/2.0/fs/files/Volumes/main/default/hard/one.txt")
                        .body())
                .asString()
                .isEqualTo("1");
    }

    @Test
    void changesSettings() throws Exception {
        assertThat(workspace
                        .call("POST", "/sandbox/settings?processing-delay=50", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(workspace.processingDelay).isEqualTo(50);
        assertThat(workspace.call("POST", "/sandbox/settings?colour=1", null).statusCode())
                .isEqualTo(400);
    }

    private String clusterState() throws Exception {
        return json(workspace.get("/api/2.1/clusters/get?cluster_id=0101-000000-stopped1"))
                .path("state")
                .textValue();
    }
}
