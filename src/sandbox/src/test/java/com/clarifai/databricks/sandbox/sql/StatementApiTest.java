package com.clarifai.databricks.sandbox.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class StatementApiTest extends StatementsContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    StatementApiTest() {
        super(Warehouse.Protocol.STATEMENT_API);
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + warehouse.port() + "/api/2.0/sql/statements" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    @Test
    void namedParametersNeedNoSession() throws Exception {
        JsonNode answer = call("POST", "", """
                {"statement": "SELECT :a + 1 AS n, :b AS s", "warehouse_id": "w", "catalog": "main",
                 "parameters": [{"name": "b", "value": "x"}, {"name": "a", "value": "41", "type": "INT"}]}
                """);

        assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.at("/result/data_array").toString()).isEqualTo("[[\"42\",\"x\"]]");
        assertThat(answer.at("/manifest/schema/columns/0/type_text").asText()).isEqualTo("INT");
        assertThat(answer.at("/manifest/total_row_count").asInt()).isEqualTo(1);
    }

    @Test
    void statementIsPolledUntilItEnds() throws Exception {
        String id = call("POST", "", "{\"statement\": \"SELECT count(*) FROM range(1000)\", \"wait_timeout\": \"0s\"}")
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
    void closedSessionRefusesStatements() throws Exception {
        assertThat(call("POST", "", "{\"statement\": \"SELECT 1\", \"session_id\": \"gone\"}")
                        .path("message")
                        .asText())
                .contains("Invalid SessionHandle");
    }
}
