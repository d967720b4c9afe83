package com.clarifai.databricks.routes;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.ColumnLists;
import com.clarifai.databricks.flow.StagedRows;
import com.clarifai.databricks.flow.Tables;
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
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped routes that open and close staging, with a workspace that is scripted and SQL that is taken down. */
class StagingRoutesTest extends CamelTestSupport {

    private static final String FOLDER = "/Volumes/main/default/clarifai_staging/run-1";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final List<String> statements = new ArrayList<>();
    private String failure = "";

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties settings = new Properties();
        settings.setProperty("routes.directory", Path.of("routes").toString());
        settings.setProperty("staging.volume", "clarifai_staging");
        return settings;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getComponent("databricks", DatabricksComponent.class).setClient(workspace.client());
        context.getRegistry().bind("staged", new StagedRows());
        context.getRegistry().bind("tables", new Tables());
        context.getRegistry().bind("declared", ColumnLists.in(Path.of("routes")));
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sql").process(exchange -> {
                    statements.add(exchange.getMessage().getBody(String.class));
                    if (statements.get(statements.size() - 1).startsWith("DESCRIBE") && failure.isEmpty()) {
                        exchange.getMessage().setBody(List.of(Map.of("col_name", "input_id")));
                    } else {
                        throw new SQLException(failure.isEmpty() ? "[PERMISSION_DENIED] no" : failure);
                    }
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
        ShippedRoutes.load(context, "common", Set.of("staging-open", "staging-close"));
        ShippedRoutes.load(context, "delta-tables", Set.of("table-drop", "table-inspect", "table-ensure"));
    }

    @AfterEach
    void stopServer() {
        workspace.close();
    }

    private Exchange send(String route, Map<String, Object> headers) {
        return template.send(route, exchange -> exchange.getMessage().setHeaders(headers));
    }

    @Test
    void aVolumeThatMayBeWrittenIsUsedAlsoByWhoMayMakeNone() {
        workspace
                .on("POST /api/2.1/unity-catalog/volumes", error(403, "PERMISSION_DENIED", "no CREATE VOLUME"))
                .on("GET /api/2.1/unity-catalog/volumes/main.default.clarifai_staging", json("{}"))
                .on("PUT /api/2.0/fs/directories" + FOLDER, json(""));

        Exchange run = send(
                "direct:staging-open",
                new HashMap<>(Map.of("target", new TableName("main", "default", "inputs"), "runId", "run-1")));

        assertThat(run.getException()).isNull();
        assertThat(run.getMessage().getHeader("stagingTable")).isNull();
        assertThat(workspace.requests("PUT")).hasSize(1);
        assertThat(statements).isEmpty();
    }

    @Test
    void aTableThatIsThereIsNotAskedToBeMade() {
        Map<String, Object> headers = new HashMap<>(
                Map.of("ensure", "main.default.inputs", "columnsOf", "inputs", "target", "main.default.other"));

        Exchange run = send("direct:table-ensure", headers);

        assertThat(statements).containsExactly("DESCRIBE TABLE EXTENDED main.default.inputs");
        assertThat(run.getException()).isNull();
        assertThat(run.getMessage().getHeader("target")).isEqualTo("main.default.other");
    }

    @Test
    void aTableThatIsMissingIsMade() {
        failure = "[TABLE_OR_VIEW_NOT_FOUND] there is none";

        send("direct:table-ensure", new HashMap<>(Map.of("ensure", "t", "columnsOf", "runs", "history", "t")));

        assertThat(statements).hasSize(2);
        assertThat(statements.get(1)).contains("CREATE TABLE IF NOT EXISTS t (");
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
