package com.clarifai.databricks.routes;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.databricks.WorkspaceSettings;
import com.clarifai.databricks.delta.DeltaDataSource;
import com.clarifai.databricks.flow.table.Tables;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped routes for statements, and the real driver, with a workspace that takes a token no longer. */
class SqlTokenTest extends CamelTestSupport {

    private static final String STATEMENTS = "POST /api/2.0/sql/statements/";
    private static final Answer REFUSED = error(403, "PERMISSION_DENIED", "Invalid access token.");
    private static final Answer ONE_ROW = json("""
            {"statement_id":"st","status":{"state":"SUCCEEDED"},
             "manifest":{"format":"JSON_ARRAY","schema":{"column_count":1,"columns":[
               {"name":"a","type_name":"STRING","type_text":"STRING","position":0}]},
               "total_chunk_count":1,"total_row_count":1,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":1}]},
             "result":{"chunk_index":0,"row_offset":0,"row_count":1,"data_array":[["x"]]}}""");

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final DeltaDataSource delta = new DeltaDataSource();
    private WorkspaceClient client;

    @BeforeEach
    void loadTheShippedRoutes() throws Exception {
        workspace
                .on("POST /api/2.0/sql/warehouses/w/sessions", json("{\"session_id\":\"s\"}"))
                .on("DELETE /api/2.0/sql/sessions/s", json("{}"))
                .on("DELETE /api/2.0/sql/statements/st", json("{}"))
                .on("POST /oidc/v1/token", token("first"), token("second"), token("third"));
        delta.setWarehouseId("w");
        delta.setWorkspace(() -> client);
        delta.configure();
        context.getRegistry().bind("delta", delta);
        context.getRegistry().bind("tables", new Tables());
        SqlRouteTest.load(context);
        ShippedRoutes.load(context, "tables", Set.of("table-describe"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:inspect-and-go-on")
                        .doTry()
                        .to("kamelet:table-describe?table=main.default.t")
                        .setBody(constant("CREATE TABLE t (a STRING)"))
                        .to("direct:sql")
                        .doFinally()
                        .setProperty("ended", constant(true))
                        .end();
            }
        });
    }

    @AfterEach
    void stop() {
        delta.close();
        client.close();
        workspace.close();
    }

    private static Answer token(String token) {
        return json("{\"access_token\":\"" + token + "\",\"expires_in\":3600}");
    }

    private Exchange run(String route, Credentials credentials) {
        client = new WorkspaceClient(WorkspaceSettings.of(workspace.host(), credentials));
        return template.send(
                "direct:" + route, exchange -> exchange.getMessage().setBody("SELECT 'x' AS a"));
    }

    private List<String> bearers() {
        return workspace.requests("POST").stream()
                .filter(request -> (request.method() + " " + request.target()).equals(STATEMENTS))
                .map(request -> request.header("Authorization"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", "sql-once"})
    void aStatementWhoseTokenIsTakenNoLongerIsRepeatedOnceWithAnother(String route) {
        workspace.on(STATEMENTS, REFUSED, ONE_ROW);

        Exchange done = run(route, new Credentials.ServicePrincipal("id", "secret"));

        assertThat(done.getException()).isNull();
        assertThat(bearers()).containsExactly("Bearer first", "Bearer second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", "sql-once"})
    void aStatementWhoseSessionHasEndedIsRepeatedInAnother(String route) {
        workspace.on(STATEMENTS, error(404, "RESOURCE_DOES_NOT_EXIST", "The session has expired."), ONE_ROW);

        Exchange done = run(route, new Credentials.AccessToken(FakeWorkspace.TOKEN));

        assertThat(done.getException()).isNull();
        assertThat(bearers()).hasSize(2);
    }

    /** Camel makes a failure that was caught a suppressed one of the next. */
    @Test
    void aFailureIsJudgedByItselfAndNotByOneThatWasCaughtBeforeIt() {
        workspace.on(STATEMENTS, json("""
                        {"statement_id":"st","status":{"state":"FAILED","error":{"error_code":"BAD_REQUEST",
                         "message":"[TABLE_OR_VIEW_NOT_FOUND] there is none. SQLSTATE: 42P01"}}}"""), error(404, "RESOURCE_DOES_NOT_EXIST", "The session has expired."), ONE_ROW);

        Exchange done = run("inspect-and-go-on", new Credentials.AccessToken(FakeWorkspace.TOKEN));

        assertThat(done.getException()).isNull();
        assertThat(bearers()).hasSize(3);
    }

    @Test
    void aServicePrincipalThatIsRefusedForGoodIsNotTriedAgainAndAgain() {
        workspace.on(STATEMENTS, REFUSED);

        Exchange done = run("sql", new Credentials.ServicePrincipal("id", "secret"));

        assertThat(done.getException()).hasMessageContaining("Invalid access token");
        assertThat(bearers()).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aPersonalAccessTokenThatIsTakenNoLongerEndsTheRunAtOnce() {
        workspace.on(STATEMENTS, REFUSED, ONE_ROW);

        Exchange done = run("sql", new Credentials.AccessToken(FakeWorkspace.TOKEN));

        assertThat(done.getException()).hasMessageContaining("Invalid access token");
        assertThat(bearers()).hasSize(1);
    }
}
