package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
