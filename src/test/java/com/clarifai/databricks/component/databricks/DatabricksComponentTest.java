package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.UnityCatalog;
import com.clarifai.databricks.databricks.WorkspaceClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabricksComponentTest {

    private static final String ME = "GET /api/2.0/preview/scim/v2/Me";
    private static final String MAIN = "GET /api/2.1/unity-catalog/catalogs/main";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
        workspace.close();
    }

    private DatabricksComponent component() {
        return context.getComponent("databricks", DatabricksComponent.class);
    }

    private void configure(Map<String, Object> options) {
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(component())
                .withConfigurer(component().getComponentPropertyConfigurer())
                .withProperties(new HashMap<>(options))
                .withMandatory(true)
                .bind();
    }

    @Test
    void takesHostTokenAndDefaultsOfItsEndpointsAsOptions() {
        configure(Map.of("host", workspace.host(), "token", FakeWorkspace.TOKEN, "catalog", "main"));
        workspace.on(MAIN, json("{\"name\":\"main\"}"));
        context.start();

        assertThat(context.createProducerTemplate().requestBody("databricks:getCatalog", (Object) null))
                .isEqualTo(Map.of("name", "main"));
        assertThat(workspace.requests().get(0).header("Authorization")).isEqualTo("Bearer " + FakeWorkspace.TOKEN);
    }

    @Test
    void takesDurationsAsPeopleWriteThem() {
        configure(Map.of("retryBudget", "5m", "connectTimeout", "2s", "requestTimeout", "1500"));

        assertThat(component().getRetryBudget()).isEqualTo(300_000);
        assertThat(component().getConnectTimeout()).isEqualTo(2_000);
        assertThat(component().getRequestTimeout()).isEqualTo(1_500);
    }

    @Test
    void sharesOneClientAndClosesIt() {
        configure(Map.of("host", workspace.host(), "token", FakeWorkspace.TOKEN));
        context.start();
        DatabricksEndpoint list =
                context.getEndpoint("databricks:listFiles?path=/Volumes/a/b/c", DatabricksEndpoint.class);
        DatabricksEndpoint read = context.getEndpoint("databricks:readFiles", DatabricksEndpoint.class);
        WorkspaceClient client = list.client();

        assertThat(read.client()).isSameAs(client);
        context.stop();
        assertThatThrownBy(() -> new UnityCatalog(client).catalog("main")).hasMessageContaining("is closed");
    }

    @Test
    void usesTheOnlyClientInTheRegistryAndLeavesItOpen() {
        WorkspaceClient given = workspace.client();
        context.getRegistry().bind("workspace", given);
        workspace.on(MAIN, json("{\"name\":\"main\"}"));
        context.start();

        DatabricksEndpoint endpoint =
                context.getEndpoint("databricks:getCatalog?catalog=main", DatabricksEndpoint.class);
        assertThat(endpoint.client()).isSameAs(given);
        context.stop();
        assertThat(new UnityCatalog(given).catalog("main")).containsEntry("name", "main");
    }

    @Test
    void refusesAnUnknownOperation() {
        context.start();

        assertThatThrownBy(() -> context.getEndpoint("databricks:drop"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasRootCauseMessage(
                        "databricks: has no operation \"drop\" but [files, getCurrentUser, listCatalogs, listSchemas, listVolumes,"
                                + " listTables, getCatalog, getSchema, getVolume, getTable, createVolume, listFiles, findFile,"
                                + " openTransfer, readFiles, download, upload, delete, deleteDirectory, mkdir, getSecret, listWarehouses,"
                                + " getWarehouse, listClusters, getCluster,"
                                + " ensureCompute, submitRun, findRun, awaitRun, cancelRun, probe]");
    }

    @Test
    void saysThatTheHostIsMissing() {
        context.start();

        assertThatThrownBy(() -> context.createProducerTemplate().requestBody("databricks:listCatalogs", (Object) null))
                .hasRootCauseMessage("no Databricks host given");
    }

    @Test
    void isHealthyWhileTheWorkspaceKnowsTheToken() throws Exception {
        configure(Map.of("host", workspace.host(), "token", FakeWorkspace.TOKEN));
        workspace.on(ME, json("{\"userName\":\"ann\"}"), error(401, "UNAUTHENTICATED", "expired"));
        context.start();
        HealthCheckRepository producers = HealthCheckHelper.getHealthCheckRepository(context, "producers");
        producers.setEnabled(true);
        context.getEndpoint("databricks:listCatalogs").createProducer().start();

        HealthCheck check = producers.stream()
                .filter(candidate -> candidate.getId().startsWith("producer:databricks-"))
                .findFirst()
                .orElseThrow();

        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        HealthCheck.Result down = check.call();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .contains("401 UNAUTHENTICATED: expired")
                .doesNotContain(FakeWorkspace.TOKEN));
        assertThat(down.getDetails()).containsEntry("databricks.failure", "UNAUTHENTICATED");
    }
}
