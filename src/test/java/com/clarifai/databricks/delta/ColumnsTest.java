package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void whatFollowsTheColumnsOfADescriptionIsLeftOut() {
        List<Map<String, Object>> description = List.of(
                row("Id", "string"), row("#", "int"), row("# Partition Information", ""), row("later", "string"));

        assertThat(Columns.of(description).types()).isEqualTo(Map.of("id", "string", "#", "int"));
        assertThat(Columns.asWritten(description)).containsOnlyKeys("Id", "#");
        assertThat(Columns.asWritten(List.of(row("a", null), row("", "string"), row("b", "int"))))
                .isEqualTo(Map.of("a", ""));
        assertThat(Columns.asWritten(List.of(row(null, "string"), row("b", "int"))))
                .isEmpty();
        assertThat(Columns.of(List.of()).isEmpty()).isTrue();
    }

    @Test
    void aTableTakesRowsWhoseColumnsItHasWithTheSameTypes() {
        Columns table = columns("a", "int", "b", "string");

        assertThat(table.take(columns("b", "string"))).isTrue();
        assertThat(table.take(columns("b", "int"))).isFalse();
        assertThat(table.take(columns("a", "int", "c", "int"))).isFalse();
        assertThat(table.has("a")).isTrue();
        assertThat(table.has("c")).isFalse();
        assertThat(table.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(table.isEmpty()).isFalse();
    }

    private static Columns columns(String... namesAndTypes) {
        Map<String, String> types = new HashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            types.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return new Columns(types);
    }

    private static Map<String, Object> row(String name, String type) {
        Map<String, Object> row = new HashMap<>();
        row.put("col_name", name);
        row.put("data_type", type);
        return row;
    }
}
