package com.clarifai.databricks.routes;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.flow.StagedRows;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped routes that open and close staging, with a workspace that is scripted and SQL that is taken down. */
class StagingRoutesTest extends CamelTestSupport {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> ROUTES = Set.of("staging-open", "staging-close", "table-drop");
    private static final String FOLDER = "/Volumes/main/default/clarifai_staging/run-1";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final List<String> statements = new ArrayList<>();

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties settings = new Properties();
        settings.setProperty("staging.volume", "clarifai_staging");
        return settings;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getComponent("databricks", DatabricksComponent.class).setClient(workspace.client());
        context.getRegistry().bind("staged", new StagedRows());
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sql").process(exchange -> {
                    statements.add(exchange.getMessage().getBody(String.class));
                    throw new SQLException("[PERMISSION_DENIED] no");
                });
                from("direct:flow")
                        .doTry()
                        .setHeader("done", constant(true))
                        .process(exchange -> {
                            if (exchange.getMessage().getHeader("fails") != null) {
                                throw new IllegalStateException("the run's own failure");
                            }
                        })
                        .doFinally()
                        .to("direct:staging-close");
            }
        };
    }

    @BeforeEach
    void loadTheShippedRoutes() throws Exception {
        ArrayNode shipped = YAML.createArrayNode();
        for (String file : List.of("common", "delta-tables")) {
            for (JsonNode part :
                    YAML.readTree(Path.of("routes/" + file + ".camel.yaml").toFile())) {
                if (ROUTES.contains(part.at("/route/id").asText())) {
                    shipped.add(part);
                }
            }
        }
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("staging.camel.yaml", YAML.writeValueAsString(shipped)));
    }

    @AfterEach
    void stopServer() {
        workspace.close();
    }

    private Exchange send(String route, Map<String, Object> headers) {
        return template.send(route, exchange -> exchange.getMessage().setHeaders(headers));
    }

    @Test
    void aFolderThatCannotBeRemovedFailsNoRun() {
        workspace.on("GET /api/2.0/fs/directories" + FOLDER, error(403, "PERMISSION_DENIED", "no"));

        Exchange run = send("direct:flow", new HashMap<>(Map.of("staging", FOLDER)));

        assertThat(workspace.requests()).hasSize(1);
        assertThat(run.getException()).isNull();
        assertThat(run.getMessage().getHeader("done")).isEqualTo(true);
    }

    @Test
    void aTableThatCannotBeDroppedFailsNoRun() {
        Exchange run = send("direct:flow", new HashMap<>(Map.of("stagingTable", "main.default.rows")));

        assertThat(statements).containsExactly("DROP TABLE IF EXISTS main.default.rows");
        assertThat(run.getException()).isNull();
    }

    @Test
    void aRunThatFailedFailsByWhatItMetAndNotByItsCleanUp() {
        Exchange run = send("direct:flow", new HashMap<>(Map.of("stagingTable", "main.default.rows", "fails", true)));

        assertThat(statements).hasSize(1);
        assertThat(run.getException()).hasMessage("the run's own failure");
    }
}
