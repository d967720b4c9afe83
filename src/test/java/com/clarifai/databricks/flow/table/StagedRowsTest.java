package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StagedRows staged = new StagedRows();

    /** Quotes and backslashes double when JSON is put into JSON, and some characters have three bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\\", "点", "\u0000", "😀"})
    void chunksAreCutByTheBytesThatTravel(String text) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Map.of("input_id", "i" + i, "input_metadata", text.repeat(15_000)));
        }

        List<String> ids = new ArrayList<>();
        for (Iterator<String> chunks = staged.chunks(rows); chunks.hasNext(); ) {
            String chunk = chunks.next();
            assertThat(chunk.getBytes(StandardCharsets.UTF_8).length).isLessThan(500_000);
            for (JsonNode line : JSON.readTree(chunk)) {
                ids.add(JSON.readTree(line.textValue()).path("input_id").textValue());
            }
        }

        assertThat(ids)
                .containsExactlyElementsOf(
                        rows.stream().map(row -> (String) row.get("input_id")).toList());
    }

    @Test
    void aRowThatFitsNoStatementNamesTheVolumeThatItWouldFitThrough() {
        List<Map<String, Object>> rows = List.of(Map.of("annotation", "\"".repeat(400_000)));

        assertThatThrownBy(() -> staged.chunks(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 MB")
                .hasMessageContaining("staging.volume");
    }

    @Test
    void aLongRowGoesAlone() {
        List<Map<String, Object>> rows = List.of(Map.of("a", "x"), Map.of("a", "x".repeat(900_000)), Map.of("a", "y"));

        assertThat(staged.chunks(rows)).toIterable().hasSize(3);
    }

    @Test
    void noRowsAreNoStatement() {
        assertThat(staged.chunks(List.of())).isExhausted();
    }

    private final Run run = new Run("run-1", "import-volume");

    @Test
    void aRunStagesInAFolderOfItsOwnBesideItsTable() {
        run.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
        staged.open(run, "clarifai_staging");

        assertThat(run.staging().folder()).isEqualTo("/Volumes/main/default/clarifai_staging/run-1");
        assertThat(staged.all("plan", run)).isEqualTo("text.`/Volumes/main/default/clarifai_staging/run-1/plan`");
        assertThat(staged.part("plan", "plan/1", run)).endsWith("/run-1/plan/1.json.gz`");
        Tables.Forget forget =
                new Tables.Forget(new TableName("main", "default", "a"), TableKind.annotations, "true THEN DELETE");
        assertThat(staged.keys(run, forget)).endsWith("/run-1/keys/annotations`");
    }

    @Test
    void inADryRunTheRowsAreAParameter() {
        assertThat(staged.all("plan", run)).isEqualTo("(SELECT explode(from_json(:?lines, 'array<string>')) AS value)");
    }

    /** Else one statement would take the rows of another. */
    @ParameterizedTest
    @ValueSource(strings = {"ended/1", "plans/1"})
    void whatWasStagedLastHasToBeOfTheSameFolder(String part) {
        assertThatThrownBy(() -> staged.part("plan", part, run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("what was staged last is not in plan but " + part);
        assertThatThrownBy(() -> staged.part("plan", null, run)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStatementTakesSoManyBytesAndAChunkIsFilledBeforeTheNext() {
        // as JSON in JSON: {\"a\":\"x…\"} between quotes, 14 bytes more than the value
        assertThat(staged.chunks(List.of(Map.of("a", "x".repeat(999_986)))))
                .toIterable()
                .hasSize(1);
        assertThatThrownBy(() -> staged.chunks(List.of(Map.of("a", "x".repeat(999_987)))))
                .hasMessageContaining("a row has 1000001 bytes");
        // with the comma between them 400,000 bytes, and one more
        Map<String, Object> half = Map.of("a", "x".repeat(199_985));
        Map<String, Object> other = Map.of("a", "x".repeat(199_986));
        assertThat(staged.chunks(List.of(half, other))).toIterable().hasSize(1);
        Map<String, Object> more = Map.of("a", "x".repeat(199_987));
        assertThat(staged.chunks(List.of(half, more))).toIterable().hasSize(2);
    }
}
