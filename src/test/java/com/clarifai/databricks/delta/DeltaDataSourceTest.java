package com.clarifai.databricks.delta;

import static com.clarifai.databricks.databricks.FakeWorkspace.answering;
import static com.clarifai.databricks.databricks.FakeWorkspace.cutAfter;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.lost;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.databricks.WorkspaceConnection;
import com.clarifai.databricks.proxy.FakeProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real driver against a scripted warehouse. */
@Execution(ExecutionMode.CONCURRENT) // the driver waits for seconds before it asks again
class DeltaDataSourceTest {

    private static final String SESSIONS = "POST /api/2.0/sql/warehouses/w/sessions";
    private static final String STATEMENTS = "POST /api/2.0/sql/statements/";
    private static final String POLL = "GET /api/2.0/sql/statements/st";
    private static final String CLOSE = "DELETE /api/2.0/sql/statements/st";
    private static final Answer RUNNING = json("{\"statement_id\":\"st\",\"status\":{\"state\":\"RUNNING\"}}");
    private static final Answer ONE_ROW = json("""
            {"statement_id":"st","status":{"state":"SUCCEEDED"},
             "manifest":{"format":"JSON_ARRAY","schema":{"column_count":1,"columns":[
               {"name":"a","type_name":"STRING","type_text":"STRING","position":0}]},
               "total_chunk_count":1,"total_row_count":1,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":1}]},
             "result":{"chunk_index":0,"row_offset":0,"row_count":1,"data_array":[["x"]]}}""");

    private static final String CHUNK = POLL + "/result/chunks/1";
    private static final Answer FIRST_OF_TWO_ROWS = json("""
            {"statement_id":"st","status":{"state":"SUCCEEDED"},
             "manifest":{"format":"JSON_ARRAY","schema":{"column_count":1,"columns":[
               {"name":"a","type_name":"STRING","type_text":"STRING","position":0}]},
               "total_chunk_count":2,"total_row_count":2,"chunks":[{"chunk_index":0,"row_offset":0,"row_count":1},
               {"chunk_index":1,"row_offset":1,"row_count":1}]},
             "result":{"chunk_index":0,"row_offset":0,"row_count":1,"next_chunk_index":1,
               "next_chunk_internal_link":"/api/2.0/sql/statements/st/result/chunks/1?row_offset=1",
               "data_array":[["x"]]}}""");

    private FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceConnection connection = new WorkspaceConnection();
    private final DeltaDataSource delta = new DeltaDataSource(Duration.ofSeconds(2));
    private WorkspaceClient client;

    @AfterEach
    void stop() {
        delta.close();
        if (client != null) {
            client.close();
        }
        workspace.close();
    }

    private void warehouse() {
        workspace
                .on("GET /.well-known/databricks-config", json("{}"))
                .on("GET /oidc/.well-known/oauth-authorization-server", json("{}"))
                .on(SESSIONS, json("{\"session_id\":\"s\"}"))
                .on("DELETE /api/2.0/sql/sessions/s", json("{}"))
                .on("DELETE /api/2.0/sql/statements/st", json("{}"))
                .on(STATEMENTS, ONE_ROW);
        connection.setHost(workspace.host());
        connection.setToken(FakeWorkspace.TOKEN);
        delta.setWorkspace(() -> client = new WorkspaceClient(connection.settings()));
        delta.setWarehouseId("w");
    }

    private String query() throws SQLException {
        try (Connection connection = delta.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 'x' AS a")) {
            rows.next();
            return rows.getString("a");
        }
    }

    private List<Request> requests(String call) {
        return workspace.requests().stream()
                .filter(request -> (request.method() + " " + request.target()).startsWith(call))
                .toList();
    }

    @Test
    void nothingIsCalledBeforeTheFirstStatement() throws SQLException {
        warehouse();
        delta.configure();

        assertThat(workspace.requests()).isEmpty();
        assertThat(query()).isEqualTo("x");
        assertThat(delta.getJdbcUrl()).doesNotContain(FakeWorkspace.TOKEN);
        assertThat(requests(STATEMENTS))
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer " + FakeWorkspace.TOKEN);
    }

    @Test
    void theDriverNamesTheWorkspaceInAllItsCalls() throws SQLException {
        warehouse();
        connection.setWorkspaceId("42");
        delta.configure();

        assertThat(query()).isEqualTo("x");
        delta.close();

        assertThat(workspace.requests()).hasSizeGreaterThan(2).allSatisfy(request -> assertThat(
                        request.header("x-databricks-org-id"))
                .as(request.target())
                .isEqualTo("42"));
    }

    /** As the warehouse has it: it runs until it is cancelled. */
    @Test
    void aStatementIsCancelledThatIsNotDoneLongAfterAStopWasAskedFor() {
        warehouse();
        AtomicBoolean cancelled = new AtomicBoolean();
        workspace
                .on(STATEMENTS, RUNNING)
                .on(
                        POLL,
                        answering((path, body) -> cancelled.get()
                                ? json("{\"statement_id\":\"st\",\"status\":{\"state\":\"CANCELED\"}}")
                                : RUNNING))
                .on("POST /api/2.0/sql/statements/st/cancel", answering((path, body) -> {
                    cancelled.set(true);
                    return json("{}");
                }));
        delta.configure();

        Instant asked = Instant.now();
        try (StopSignal signal = StopSignal.during(() -> requests(POLL).size() > 1 ? asked : null)) {
            assertThatThrownBy(this::query)
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("cancelled, as it was not done long after")
                    .satisfies(problem ->
                            assertThat(SqlFailure.of((SQLException) problem)).isEqualTo(SqlFailure.CANCELLED));
        }

        assertThat(cancelled).isTrue();
    }

    @Test
    void aStatementThatIsSoonDoneIsNotCancelledThoughAStopWasAskedFor() throws SQLException {
        warehouse();
        workspace.on(STATEMENTS, RUNNING).on(POLL, RUNNING, ONE_ROW);
        delta.configure();

        Instant asked = Instant.now();
        try (StopSignal signal = StopSignal.during(() -> asked)) {
            assertThat(query()).isEqualTo("x");
        }

        assertThat(requests("POST /api/2.0/sql/statements/st/cancel")).isEmpty();
    }

    @Test
    void aWarehouseIsFoundByItsName() throws SQLException {
        warehouse();
        workspace.on("GET /api/2.0/sql/warehouses", json("{\"warehouses\":[{\"id\":\"w\",\"name\":\"My W\"}]}"));
        delta.setWarehouseId("");
        delta.setWarehouseName("My W");
        delta.configure();

        assertThat(query()).isEqualTo("x");
    }

    @Test
    void aWarehouseThatIsNotThereIsSaidAtOnce() {
        warehouse();
        workspace.on("GET /api/2.0/sql/warehouses", json("{}"));
        delta.setWarehouseId(null);
        delta.setWarehouseName("My W");
        delta.configure();

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(this::query)
                .withMessageContaining("'My W'");
    }

    @Test
    void aStatementOutlivesTheTokenItBeganWith() throws SQLException {
        warehouse();
        Answer untilRenewed = exchange -> {
            boolean renewed =
                    "Bearer second".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (renewed ? ONE_ROW : RUNNING).to(exchange);
        };
        Answer first = json("{\"access_token\":\"first\",\"expires_in\":4}");
        Answer second = json("{\"access_token\":\"second\",\"expires_in\":3600}");
        workspace
                .on("POST /oidc/v1/token", exchange -> (requests(STATEMENTS).isEmpty() ? first : second).to(exchange))
                .on(STATEMENTS, RUNNING)
                .on(POLL, untilRenewed);
        connection.setToken("");
        connection.setClientId("app-id");
        connection.setClientSecret("secret");
        delta.configure();

        assertThat(query()).isEqualTo("x");
        assertThat(requests(STATEMENTS).get(0).header("Authorization")).isEqualTo("Bearer first");
        assertThat(requests(SESSIONS)).isNotEmpty().allMatch(request -> request.header("Authorization")
                .equals("Bearer first"));
    }

    @Test
    void aSessionThatTheServerHasForgottenIsReplaced() throws SQLException {
        warehouse();
        workspace.on(STATEMENTS, ONE_ROW, error(400, "BAD_REQUEST", "Invalid SessionHandle [s]"), ONE_ROW);
        delta.configure();
        query();
        int before = requests(SESSIONS).size();

        assertThatThrownBy(this::query).hasMessageContaining("Invalid SessionHandle");
        assertThat(query()).isEqualTo("x");
        assertThat(requests(SESSIONS)).hasSize(before + 1);
    }

    @Test
    void anotherFailureLeavesTheSessionAlone() throws SQLException {
        warehouse();
        workspace.on(STATEMENTS, ONE_ROW, error(400, "BAD_REQUEST", "[PARSE_SYNTAX_ERROR] near 'x'"), ONE_ROW);
        delta.configure();
        query();
        int before = requests(SESSIONS).size();

        assertThatThrownBy(this::query).hasMessageContaining("PARSE_SYNTAX_ERROR");
        assertThat(query()).isEqualTo("x");
        assertThat(requests(SESSIONS)).hasSize(before);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefusedUntilTheCaFileHasIt(@TempDir Path directory) throws Exception {
        SelfSigned certificate = SelfSigned.in(directory);
        workspace.close();
        workspace = new FakeWorkspace(certificate.server());
        warehouse();
        delta.configure();

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(this::query)
                .withStackTraceContaining("unable to find valid certification path");
        assertThat(workspace.requests()).isEmpty();

        connection.setCaFile(certificate.pem().toString());
        try (WorkspaceClient trusted = new WorkspaceClient(connection.settings());
                DeltaDataSource trusting = new DeltaDataSource()) {
            trusting.setWorkspace(() -> trusted);
            trusting.setWarehouseId("w");
            trusting.configure();
            try (Connection connection = trusting.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        assertThat(requests(SESSIONS)).isNotEmpty();
    }

    /** What the real driver makes of answers, when it has given up on them itself. */
    static Stream<Arguments> failures() {
        byte[] bytes =
                "{\"statement_id\":\"st\",\"status\":{\"state\":\"SUCCEEDED\"}}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                arguments(error(500, "INTERNAL_ERROR", "boom"), SqlFailure.OUTCOME_UNKNOWN),
                arguments(status(502, "<html>bad gateway</html>"), SqlFailure.OUTCOME_UNKNOWN),
                arguments(lost(), SqlFailure.OUTCOME_UNKNOWN),
                arguments(cutAfter(20, bytes).with("Content-Type", "application/json"), SqlFailure.OUTCOME_UNKNOWN),
                arguments(status(503, "<html>unavailable</html>"), SqlFailure.NOT_NOW),
                arguments(error(404, "RESOURCE_DOES_NOT_EXIST", "The session has expired"), SqlFailure.LOST_SESSION),
                arguments(error(400, "BAD_REQUEST", "Session 01ef-12 does not exist"), SqlFailure.LOST_SESSION),
                arguments(error(400, "BAD_REQUEST", "[DIVIDE_BY_ZERO] in session 1"), SqlFailure.OTHER),
                arguments(failed("[TABLE_OR_VIEW_NOT_FOUND] there is none"), SqlFailure.NO_TABLE),
                arguments(failed("[OTHER_CLASS] there is none SQLSTATE: 42P01"), SqlFailure.NO_TABLE),
                arguments(failed("[SCHEMA_NOT_FOUND] none SQLSTATE: 42704"), SqlFailure.OTHER),
                arguments(error(401, "UNAUTHENTICATED", "Credential was not sent"), SqlFailure.UNAUTHENTICATED),
                arguments(error(403, "PERMISSION_DENIED", "Invalid access token."), SqlFailure.UNAUTHENTICATED));
    }

    private static Answer failed(String message) {
        return json(
                "{\"statement_id\":\"st\",\"status\":{\"state\":\"FAILED\",\"error\":{\"error_code\":\"BAD_REQUEST\","
                        + "\"message\":\"" + message + "\"}}}");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedStatementIsUnderstoodByWhatTheDriverTells(Answer answer, SqlFailure failure) {
        warehouse();
        workspace.on(STATEMENTS, answer);
        delta.configure();

        SQLException problem = catchThrowableOfType(SQLException.class, this::query);

        assertThat(SqlFailure.of(problem)).as(problem.getMessage()).isEqualTo(failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503})
    void aSessionThatCannotBeOpenedForNowIsToldAsSuch(int status) {
        warehouse();
        workspace.on(SESSIONS, status(status, "busy"));
        delta.configure();

        SQLException problem = catchThrowableOfType(SQLException.class, this::query);

        assertThat(SqlFailure.of(problem)).as(problem.getMessage()).isEqualTo(SqlFailure.NOT_NOW);
    }

    /** A statement that has been run is not repeated, nor its run ended, because the server does not take that it is over. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500, 502})
    void aStatementThatCannotBeClosedHasBeenRunAllTheSame(int status) throws SQLException {
        warehouse();
        workspace.on(STATEMENTS, RUNNING).on(POLL, ONE_ROW).on(CLOSE, status(status, "no"));
        delta.configure();

        assertThat(query()).isEqualTo("x");
        assertThat(requests(CLOSE)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SESSIONS, STATEMENTS, POLL, CHUNK})
    void whateverCallOfTheDriverIsRefusedTheFailureIsOfJdbc(String call) {
        warehouse();
        workspace
                .on(STATEMENTS, RUNNING)
                .on(POLL, FIRST_OF_TWO_ROWS)
                .on(call, error(403, "PERMISSION_DENIED", "Invalid access token."));
        delta.configure();

        SQLException problem = catchThrowableOfType(SQLException.class, () -> {
            try (Connection connection = delta.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 'x' AS a")) {
                while (rows.next()) {
                    rows.getString("a");
                }
            }
        });

        assertThat(SqlFailure.of(problem)).as(problem.getMessage()).isEqualTo(SqlFailure.UNAUTHENTICATED);
    }

    private ProxySettings proxied(String url) {
        ProxySettings settings = new ProxySettings();
        settings.setUrl(url);
        settings.setUser("ada");
        settings.setPassword("p@ss:w");
        connection.setHost(FakeProxy.named("workspace", workspace.host()));
        connection.setProxy(settings);
        return settings;
    }

    @Test
    void statementsGoThroughTheProxyWithItsPassword() throws SQLException {
        warehouse();
        try (FakeProxy proxy = new FakeProxy("Basic YWRhOnBAc3M6dw==")) {
            proxied(proxy.url());

            assertThat(query()).isEqualTo("x");
            assertThat(proxy.targets()).contains("workspace.test.internal").containsOnly("workspace.test.internal");
            assertThat(delta.getJdbcUrl() + delta.getDataSourceProperties()).doesNotContain("p@ss");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamedInsteadOfWhatTheDriverSays() {
        warehouse();
        FakeProxy gone = new FakeProxy();
        gone.close();
        proxied(gone.url());
        delta.configure();
        delta.setConnectionTimeout(2_000);

        assertThatThrownBy(this::query)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the proxy " + gone.url() + " cannot be reached: no connection")
                .hasMessageNotContaining("p@ss")
                .satisfies(failure -> assertThat(ProxyException.behind(failure)).isPresent());
    }
}
