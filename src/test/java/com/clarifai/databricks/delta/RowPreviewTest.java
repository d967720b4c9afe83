package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowPreviewTest {

    @Test
    void everyTypeIsSelectedInAWayThatCannotGrow() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("Seen At", "timestamp");
        types.put("a`b", "string");
        types.put("raw", "binary");
        types.put("regions", "array<struct<mask:string,at:timestamp>>");
        types.put("price", "decimal(10,2)");
        types.put("gap", "interval day to second");

        assertThat(RowPreview.select(types, 1))
                .startsWith(
                        "to_json(struct(`Seen At` AS `Seen At`, if(length(`a``b`) > 2000, concat(left(`a``b`, 2000),")
                .contains(
                        "concat(octet_length(`raw`), ' bytes') AS `raw`",
                        "left(to_json(`regions`, map('ignoreNullFields', 'false', 'timeZone', 'UTC'",
                        "`price` AS `price`",
                        "left(CAST(`gap` AS STRING), 2000)")
                .endsWith(") AS row");
    }

    @Test
    void manyRowsOfManyColumnsAreShortenedMore() {
        Map<String, String> types = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> types.put("c" + i, "string"));

        assertThat(RowPreview.select(types, 1_000)).contains("left(`c0`, 104)").doesNotContain("2000");
    }

    @Test
    void rowsKeepTheOrderOfTheColumnsAndTheirNumbers() {
        List<Map<String, Object>> rows = RowPreview.rows(List.of(Map.of(
                "row", "{\"b\":1.10,\"a\":null,\"at\":\"2024-05-31T12:00:00.000001Z\",\"n\":9007199254740993}")));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.keySet()).containsExactly("b", "a", "at", "n");
            assertThat(row)
                    .containsEntry("b", new BigDecimal("1.10"))
                    .containsEntry("a", null)
                    .containsEntry("n", 9007199254740993L);
        });
    }
}
