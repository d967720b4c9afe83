package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no Databricks workspace gives, but a proxy, a defect or a later version may. */
@Timeout(60)
class HostileAnswersTest {

    private static final String CATALOGS = "/api/2.1/unity-catalog/catalogs";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void pagesThatLeadBackToAnEarlierOneEndWithAnErrorThatNamesTheList(int length) {
        String first = "GET " + CATALOGS + "?max_results=0";
        workspace.on(first, page(0));
        for (int i = 0; i < length; i++) {
            workspace.on(first + "&page_token=t" + i, page((i + 1) % length));
        }

        assertThatThrownBy(() -> new UnityCatalog(client).catalogs().forEachRemaining(catalog -> {}))
                .isInstanceOfSatisfying(
                        DatabricksException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERNAL))
                .hasMessageContainingAll(WorkspaceCall.LIST_CATALOGS.of(""), "no end");
    }

    private static Answer page(int next) {
        return json("{\"catalogs\":[{\"name\":\"main\"}],\"next_page_token\":\"t" + next + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"catalogs\":{\"name\":\"main\"}}",
                "{\"catalogs\":\"main\"}",
                "{\"catalogs\":[\"main\"]}",
                "{\"catalogs\":[null]}",
                "{\"catalogs\":[{\"name\":null}]}",
                "{\"catalogs\":[{\"name\":{}}]}",
                "null",
                "[]",
                "7"
            })
    void answerOfAnotherShapeIsTheFailureOfItsCall(String answer) {
        workspace.on("GET " + CATALOGS, json(answer));

        assertThatThrownBy(() -> new UnityCatalog(client).catalogs().forEachRemaining(catalog -> {}))
                .isInstanceOf(DatabricksException.class)
                .hasMessageContaining(WorkspaceCall.LIST_CATALOGS.of(""))
                .hasMessageContaining(answer.startsWith("{") ? "'catalogs'" : "the answer is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-7e888888888", "NaN", "many"})
    void aNumberThatNoFieldCanHaveIsNoneAndIsNotWrittenOut(String number) {
        assertThat(ApiJson.number(Map.of("file_size", number), "file_size")).isEmpty();
        assertThat(ApiJson.number(Map.of("file_size", "0e999999999"), "file_size"))
                .hasValue(0);
        assertThat(ApiJson.number(Map.of("file_size", "1.7E12"), "file_size")).hasValue(1_700_000_000_000L);
    }

    @Test
    void answerWithoutEndIsReadToABoundOnly() {
        byte[] spaces = new byte[1024 * 1024];
        Arrays.fill(spaces, (byte) ' ');
        workspace.on("GET " + CATALOGS, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(spaces);
            }
        });

        assertThatThrownBy(() -> new UnityCatalog(client).catalogs().hasNext())
                .isInstanceOf(DatabricksException.class)
                .hasMessageContainingAll(WorkspaceCall.LIST_CATALOGS.of(""), "longer than 64 MiB");
    }
}
