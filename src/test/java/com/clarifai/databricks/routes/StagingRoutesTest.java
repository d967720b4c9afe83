package com.clarifai.databricks.routes;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.flow.RunSetup;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.flow.table.ColumnLists;
import com.clarifai.databricks.flow.table.StagedRows;
import com.clarifai.databricks.flow.table.Tables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped routes that open and close staging, with a workspace that is scripted and SQL that is taken down. */
class StagingRoutesTest extends CamelTestSupport {

    private static final String FOLDER = "/Volumes/main/default/clarifai_staging/run-1";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final List<String> statements = new ArrayList<>();
    private final Run run = new Run("run-1", "import-volume");
    private List<Map<String, Object>> described = List.of();

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
                from("direct:sql").process(StagingRoutesTest.this::answer);
            }
        };
    }

    private void answer(Exchange exchange) throws SQLException {
        String statement = exchange.getMessage().getBody(String.class).strip();
        statements.add(statement);
        if (statement.startsWith("DROP")) {
            throw new SQLException("[PERMISSION_DENIED] no");
        }
        if (statement.startsWith("DESCRIBE")) {
            exchange.getMessage().setBody(described);
        }
    }

    @BeforeEach
    void beginRun() {
        Exchange begun = new DefaultExchange(context);
        begun.setVariable(Run.VARIABLE, run);
        new RunSetup().beginImport(begun, "main", "default", "inputs", "photos", null);
    }

    @BeforeEach
    void loadTheShippedRoutes() throws Exception {
        ShippedRoutes.load(context, "common", Set.of("execute"));
        ShippedRoutes.load(context, "tables", Set.of("table-drop", "table-describe", "table-ensure"));
        ShippedRoutes.load(context, "staging", Set.of("staging-open", "staging-close"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow")
                        .doTry()
                        .setHeader("done", constant(true))
                        .process(exchange -> {
                            if (exchange.getMessage().getHeader("fails") != null) {
                                throw new IllegalStateException("the run's own failure");
                            }
                        })
                        .doFinally()
                        .to("kamelet:staging-close");
            }
        });
    }

    @AfterEach
    void stopServer() {
        workspace.close();
    }

    private Exchange send(String route, Map<String, Object> headers) {
        return template.send(route, exchange -> {
            exchange.setVariable(Run.VARIABLE, run);
            exchange.getMessage().getHeaders().putAll(headers);
        });
    }

    /** A run that has opened staging in a volume that it may write, or else in a table. */
    private void open(boolean mayWrite) {
        workspace
                .on("POST /api/2.1/unity-catalog/volumes", error(403, "PERMISSION_DENIED", "no CREATE VOLUME"))
                .on("GET /api/2.1/unity-catalog/volumes/main.default.clarifai_staging", json("{}"))
                .on(
                        "PUT /api/2.0/fs/directories" + FOLDER,
                        mayWrite ? json("") : error(403, "PERMISSION_DENIED", "no WRITE VOLUME"));
        Exchange opened = send("kamelet:staging-open", Map.of());
        assertThat(opened.getException()).isNull();
    }

    @Test
    void aVolumeThatMayBeWrittenIsUsedAlsoByWhoMayMakeNone() {
        open(true);

        assertThat(run.staging()).isEqualTo(new Staging(FOLDER, null));
        assertThat(workspace.requests("PUT")).hasSize(1);
        assertThat(statements).isEmpty();
    }

    @Test
    void aTableTakesThePlaceOfAVolumeThatMayNotBeWritten() {
        open(false);

        assertThat(run.staging().table().fullName()).isEqualTo("main.default.clarifai_staging_run_1");
        assertThat(statements)
                .containsExactly("CREATE TABLE IF NOT EXISTS `main`.`default`.`clarifai_staging_run_1`"
                        + " (part STRING, value STRING) USING DELTA");
    }

    @Test
    void aTableThatIsThereIsNotAskedToBeMade() {
        described = List.of(Map.of("col_name", "input_id"));

        Exchange ensured = send("kamelet:table-ensure?table=main.default.inputs&kind=inputs", Map.of());

        assertThat(statements).containsExactly("DESCRIBE TABLE EXTENDED main.default.inputs");
        assertThat(ensured.getException()).isNull();
    }

    @Test
    void aTableThatIsMissingIsMade() {
        send("kamelet:table-ensure?table=t&kind=runs", Map.of());

        assertThat(statements).hasSize(2);
        assertThat(statements.get(1)).contains("CREATE TABLE IF NOT EXISTS t (");
    }

    @Test
    void aFolderThatCannotBeRemovedFailsNoRun() {
        open(true);
        workspace.on("GET /api/2.0/fs/directories" + FOLDER, error(403, "PERMISSION_DENIED", "no"));

        Exchange closed = send("direct:flow", Map.of());

        assertThat(workspace.requests("GET"))
                .last()
                .extracting(Request::target)
                .asString()
                .contains(FOLDER);
        assertThat(closed.getException()).isNull();
        assertThat(closed.getMessage().getHeader("done")).isEqualTo(true);
    }

    @Test
    void aTableThatCannotBeDroppedFailsNoRun() {
        open(false);

        Exchange closed = send("direct:flow", Map.of());

        assertThat(statements.get(1)).isEqualTo("DROP TABLE IF EXISTS `main`.`default`.`clarifai_staging_run_1`");
        assertThat(closed.getException()).isNull();
    }

    @Test
    void aRunThatFailedFailsByWhatItMetAndNotByItsCleanUp() {
        open(false);

        Exchange closed = send("direct:flow", Map.of("fails", true));

        assertThat(statements).hasSize(2);
        assertThat(closed.getException()).hasMessage("the run's own failure");
    }

    @Test
    void aRunThatOpenedNoStagingHasNothingToRemove() {
        assertThat(send("direct:flow", Map.of()).getException()).isNull();

        assertThat(workspace.requests()).isEmpty();
        assertThat(statements).isEmpty();
    }
}
