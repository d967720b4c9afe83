package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementApiTest extends StatementsContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    StatementApiTest() {
        super(Warehouse.Protocol.STATEMENT_API);
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        return send(method, "/api/2.0/sql/statements" + path, body);
    }

    private JsonNode post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private JsonNode send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + warehouse.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    @Test
    void namedParametersNeedNoSession() throws Exception {
        JsonNode answer = call("POST", "", """
                {"statement": "SELECT :a + 1 AS n, :b AS s", "warehouse_id": "any", "catalog": "main",
                 "parameters": [{"name": "b", "value": "x"}, {"name": "a", "value": "41", "type": "INT"}]}
                """);

        assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.at("/result/data_array").toString()).isEqualTo("[[\"42\",\"x\"]]");
        assertThat(answer.at("/manifest/schema/columns/0/type_text").asText()).isEqualTo("INT");
        assertThat(answer.at("/manifest/total_row_count").asInt()).isEqualTo(1);
    }

    @Test
    void theHistoryHasTheLatestStatementsAndHowTheyEnded() throws Exception {
        for (String sql : List.of("SELECT 'first'", "SELECT raise_error('second')")) {
            call("POST", "", "{\"statement\": \"" + sql + "\", \"warehouse_id\": \"any\"}");
        }

        JsonNode answer = send("GET", "/api/2.0/sql/history/queries", "");

        List<JsonNode> told = new ArrayList<>();
        answer.path("res").forEach(query -> {
            if (query.path("query_text").asText().matches("SELECT ('first'|raise_error.'second'.)")) {
                told.add(query);
            }
        });
        assertThat(told)
                .extracting(query -> query.path("query_text").asText() + " "
                        + query.path("status").asText())
                .containsExactly("SELECT raise_error('second') FAILED", "SELECT 'first' FINISHED");
        assertThat(told)
                .allSatisfy(query -> assertThat(query.path("query_end_time_ms").asLong())
                        .isEqualTo(query.path("query_start_time_ms").asLong()
                                + query.path("duration").asLong()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0123456789abcdef; RESOURCE_DOES_NOT_EXIST; SQL warehouse 0123456789abcdef does not exist.
            nowhere;          INVALID_PARAMETER_VALUE; nowhere is not a valid endpoint id.
            "";               INVALID_PARAMETER_VALUE; Field 'warehouse_id' is required
            """, quoteCharacter = '"')
    void unknownWarehouseIsRefused(String id, String code, String message) throws Exception {
        for (String what : List.of("statements", "sessions")) {
            JsonNode answer =
                    post("/api/2.0/sql/" + what, "{\"statement\": \"SELECT 1\", \"warehouse_id\": \"" + id + "\"}");

            assertThat(answer.path("error_code").asText()).as(what).isEqualTo(code);
            assertThat(answer.path("message").asText()).contains(message);
        }
    }

    @Test
    void driverTellsThatTheWarehouseDoesNotExist() {
        assertThatThrownBy(() -> warehouse.connect(";httpPath=/sql/1.0/warehouses/0123456789abcdef"))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("SQL warehouse 0123456789abcdef does not exist.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3s", "4s", "51s", "-1s", "10", "soon"})
    void waitTimeoutIsZeroOrFiveToFiftySeconds(String wait) throws Exception {
        JsonNode answer = call(
                "POST",
                "",
                "{\"statement\": \"SELECT 1\", \"warehouse_id\": \"any\", \"wait_timeout\": \"" + wait + "\"}");

        assertThat(answer.path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(answer.path("message").asText()).contains("wait_timeout", "5s", "50s", wait);
    }

    @Test
    void statementIsPolledUntilItEnds() throws Exception {
        String id = call(
                        "POST",
                        "",
                        "{\"statement\": \"SELECT count(*) FROM range(1000)\", \"wait_timeout\": \"0s\","
                                + " \"warehouse_id\": \"any\"}")
                .path("statement_id")
                .asText();

        await().untilAsserted(() -> assertThat(
                        call("GET", "/" + id, "").at("/status/state").asText())
                .isEqualTo("SUCCEEDED"));
        assertThat(call("GET", "/" + id + "/result/chunks/0", "")
                        .path("data_array")
                        .toString())
                .isEqualTo("[[\"1000\"]]");
        call("DELETE", "/" + id, "");
        assertThat(call("GET", "/" + id, "").path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void anInlineResultAboveTheLimitIsAborted() throws Exception {
        assertThat(query(connection, "SELECT repeat('x', 13000000), repeat('x', 13000000)"))
                .hasSize(1);

        assertThatThrownBy(() -> query(connection, "SELECT repeat('x', 1000000) FROM range(27)"))
                .hasMessageContaining(
                        "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a"
                                + " result size of at most 26214400 bytes.");
        assertThat(call(
                                "POST",
                                "",
                                "{\"statement\": \"SELECT repeat('x', 26214400)\", \"wait_timeout\": \"50s\","
                                        + " \"warehouse_id\": \"any\"}")
                        .at("/status/error/error_code")
                        .asText())
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void closedSessionRefusesStatements() throws Exception {
        assertThat(call(
                                "POST",
                                "",
                                "{\"statement\": \"SELECT 1\", \"warehouse_id\": \"any\", \"session_id\": \"gone\"}")
                        .path("message")
                        .asText())
                .contains("Invalid SessionHandle");
    }

    @Test
    void connectionsRunSideBySide() throws Exception {
        run(connection, "CREATE OR REPLACE TABLE main.default.side (n INT)");
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.runAsync(() -> {
                    try (Connection own = warehouse.connect()) {
                        run(own, "USE main.default", "INSERT INTO side VALUES (" + n + ")");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);

        assertThat(query(connection, "SELECT n FROM main.default.side ORDER BY n"))
                .containsExactly("0", "1", "2", "3");
        run(connection, "DROP TABLE main.default.side");
    }

    @Test
    void updateCountsTellAffectedRows() throws SQLException {
        run(connection, "CREATE OR REPLACE TABLE main.default.counted (id STRING, n BIGINT, gone BOOLEAN)");

        assertThat(run(
                        connection,
                        "INSERT INTO main.default.counted VALUES ('a', 1, false), ('b', 2, false), ('c', 3, false)"))
                .isEqualTo(3);
        assertThat(run(connection, "UPDATE main.default.counted SET n = 10 WHERE id <> 'c'"))
                .isEqualTo(2);
        assertThat(run(connection, "DELETE FROM main.default.counted WHERE id = 'a'"))
                .isEqualTo(1);
        assertThat(run(
                        connection,
                        "MERGE INTO main.default.counted USING (SELECT 'b' AS id, 20 AS n UNION ALL SELECT 'z', 26) s"
                                + " ON counted.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n"
                                + " WHEN NOT MATCHED THEN INSERT (id, n, gone) VALUES (s.id, s.n, false)"
                                + " WHEN NOT MATCHED BY SOURCE AND NOT counted.gone THEN UPDATE SET gone = true"))
                .isEqualTo(3);
        assertThat(query(connection, "SELECT * FROM main.default.counted ORDER BY id"))
                .containsExactly("b|20|false", "c|3|true", "z|26|false");
        assertThat(query(connection, "DESCRIBE HISTORY main.default.counted LIMIT 1"))
                .singleElement()
                .asString()
                .contains("|MERGE|");
        assertThat(query(connection, "DESCRIBE DETAIL main.default.counted"))
                .singleElement()
                .asString()
                .startsWith("delta|");
        run(connection, "DROP TABLE main.default.counted");
    }
}
