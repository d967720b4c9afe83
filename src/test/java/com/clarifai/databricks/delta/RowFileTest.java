package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What is staged for SQL to read. */
class RowFileTest {

    @Test
    void eachRowIsOneLineOfJsonInTheOrderOfItsColumns() throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input_id", "a\nb");
        row.put("synced_at", Instant.parse("2026-03-01T12:00:00.5Z"));
        row.put("status_code", 30000);
        row.put("concepts", List.of(Map.of("id", "cat")));

        List<String> lines = List.of(
                "{\"input_id\":\"a\\nb\",\"synced_at\":\"2026-03-01T12:00:00.500Z\",\"status_code\":30000,"
                        + "\"concepts\":[{\"id\":\"cat\"}]}",
                "{\"input_id\":\"点\"}");
        List<Map<String, Object>> rows = List.of(row, Map.of("input_id", "点"));
        assertThat(RowFile.lines(rows)).isEqualTo(lines);
        assertThat(unpacked(RowFile.of(rows))).isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    void picturesAndWhatHasNoValueAreLeftOut() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input_id", "a");
        row.put("image_bytes", new byte[] {1});
        row.put("status", null);

        assertThat(RowFile.lines(List.of(row))).containsExactly("{\"input_id\":\"a\"}");
    }

    private static String unpacked(byte[] file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
