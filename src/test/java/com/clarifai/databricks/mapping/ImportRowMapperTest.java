package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.RowFile;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Struct;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ImportRowMapperTest {

    private static final List<String> NAMES =
            List.of("inputid", "input", "concepts", "metadata", "geopoints", "annotations");
    private static final String URL = "https://images.example/cat.jpg";
    private static final String SOURCE = "main.pets.cats#inputid=1";

    private final ImportRowMapper mapper =
            new ImportRowMapper(ImportColumns.of(NAMES, null), ConceptIds.LABEL, (change, source) -> {});

    @Example
    void numbers_of_a_table_are_ids_as_text() {
        assertThat(id(1)).isEqualTo("1");
        assertThat(id(1.0)).isEqualTo("1");
        assertThat(id(1e15)).isEqualTo("1000000000000000");
        assertThat(id(9_007_199_254_740_993L)).isEqualTo("9007199254740993");
        assertThat(id(new BigDecimal("12345678901234567890.00"))).isEqualTo("12345678901234567890");
        assertThat(id("0012")).isEqualTo("0012");
        assertThat(map("inputid", 1.5)).containsEntry("status", "REJECTED");
        assertThat(id("7.0")).isEqualTo("7");
        assertThat(id(Double.NaN)).isEqualTo(id(null));
    }

    @Example
    void a_row_without_an_id_always_gets_the_same_one_from_its_url() {
        Map<String, Object> first = mapper.map(row("inputid", null), "a#1");
        Map<String, Object> moved = mapper.map(row("inputid", "  "), "a#2");
        Map<String, Object> other = row("inputid", null);
        other.put("input", "https://other.example/cat.jpg");

        assertThat((String) first.get("input_id")).matches("cat-[0-9a-f]{16}").isEqualTo(moved.get("input_id"));
        assertThat(mapper.map(other, "a#3").get("input_id")).isNotEqualTo(first.get("input_id"));
    }

    @Example
    void sql_arrays_structs_and_maps_are_taken_as_they_are() {
        Array labels = sql(Array.class, "getArray", new Object[] {"cat", "!dog", null});
        Struct concept = sql(Struct.class, "getAttributes", new Object[] {"c1", "cat", 0.25f});
        Struct place = sql(Struct.class, "getAttributes", new Object[] {102.5, -70});

        assertThat(map("concepts", labels))
                .containsEntry("concepts", List.of(concept("cat", "cat", 1f), concept("dog", "dog", 0f)));
        assertThat(map("concepts", sql(Array.class, "getArray", new Object[] {concept})))
                .containsEntry("concepts", List.of(concept("c1", "cat", 0.25f)));
        assertThat(map("concepts", List.of(Map.of("id", "cat", "value", 0.0))))
                .containsEntry("concepts", List.of(concept("cat", "cat", 0f)));
        assertThat(map("geopoints", place)).containsEntry("longitude", 102.5).containsEntry("latitude", -70.0);
        assertThat(map("geopoints", Map.of("latitude", "1", "longitude", 2)))
                .containsEntry("longitude", 2.0)
                .containsEntry("latitude", 1.0);
        assertThat(map("metadata", Map.of("at", Timestamp.valueOf("2024-05-01 10:00:00"))))
                .containsEntry("input_metadata", "{\"at\":\"2024-05-01 10:00:00.0\"}");
        assertThat(map("annotations", List.of(Map.of("concepts", List.of(Map.of("id", "cat"))))))
                .containsEntry("annotations", List.of(Map.of("concepts", List.of(Map.of("id", "cat", "value", 1.0)))));
    }

    @Example
    void ids_of_concepts_follow_the_policy_unless_they_are_given() {
        ImportRowMapper old =
                new ImportRowMapper(ImportColumns.of(NAMES, null), ConceptIds.of("ID-LABEL "), (change, source) -> {});

        assertThat(old.map(row("concepts", "big cat"), SOURCE))
                .containsEntry("concepts", List.of(concept("id-bigcat", "big cat", 1f)));
        assertThat(old.map(row("concepts", "[{\"id\":\"x\",\"name\":\"y\"},{\"name\":\"z\"}]"), SOURCE))
                .containsEntry("concepts", List.of(concept("x", "y", 1f), concept("id-z", "z", 1f)));
    }

    @Example
    void a_rejected_row_keeps_its_id_its_source_and_what_it_held() {
        Map<String, Object> raw = row("geopoints", "1,200");
        raw.put("metadata", "x".repeat(20_000));

        Map<String, Object> rejected = mapper.map(raw, SOURCE);

        assertThat(rejected)
                .containsEntry("input_id", "1")
                .containsEntry("source_uri", SOURCE)
                .containsEntry("status", "REJECTED")
                .containsEntry("outcome", "REJECTED");
        assertThat((String) rejected.get("status_message")).hasSizeLessThan(400).startsWith("column metadata: ");
        assertThat((String) rejected.get("raw"))
                .contains("\"geopoints\":\"1,200\"")
                .hasSizeLessThan(10_200);
    }

    @Example
    void half_of_a_surrogate_pair_is_refused_in_every_column_and_written_as_a_question_mark() {
        String half = "a\uD83D";
        String whole = "a\uD83D\uDE00b";

        assertThat(map("metadata", Map.of("key", List.of("ok", half))))
                .containsEntry("status", "REJECTED")
                .containsEntry("status_message", "column metadata: half of a surrogate pair, which is not a character");
        assertThat(map("concepts", List.of(half))).containsEntry("status", "REJECTED");
        assertThat((String) map("metadata", Map.of(half, 1)).get("raw")).contains("\"metadata\":{\"a?\":1}");
        assertThat((String) map("concepts", List.of(half + "b", whole)).get("raw"))
                .contains("\"concepts\":[\"a?b\",\"" + whole + "\"]");
        assertThat(map("metadata", Map.of("key", whole)))
                .containsEntry("input_metadata", "{\"key\":\"" + whole + "\"}");
    }

    @Example
    void what_a_row_held_is_kept_with_its_types() {
        Map<String, Object> raw = row("geopoints", 5);
        raw.put("metadata", "x".repeat(10_000));
        raw.put("concepts", "x".repeat(10_001));

        String kept = (String) mapper.reject(raw, SOURCE, "no").get("raw");

        assertThat(kept)
                .contains("\"concepts\":\"" + "x".repeat(10_000) + "…\"")
                .contains("\"metadata\":\"" + "x".repeat(10_000) + "\"");
        assertThat((String) map("metadata", Map.of("list", List.of(true, 2.5))).get("raw"))
                .contains("\"metadata\":{\"list\":[true,2.5]}");
    }

    @Example
    void numbers_that_clarifai_would_round_are_said_with_their_source() {
        List<String> said = new ArrayList<>();
        ImportRowMapper telling = new ImportRowMapper(
                ImportColumns.of(NAMES, null), ConceptIds.LABEL, (change, source) -> said.add(source + ": " + change));

        telling.map(row("metadata", "{\"n\": 1}"), SOURCE);
        assertThat(said).isEmpty();
        telling.map(row("metadata", "{\"n\": 9007199254740993}"), SOURCE);

        assertThat(said)
                .containsExactly(
                        SOURCE
                                + ": numbers in the metadata have more digits than Clarifai's numbers keep, and are sent as text");
    }

    @Example
    void ids_that_are_too_long_or_of_other_characters_are_told_apart() {
        assertThat(id("x".repeat(InputRows.MAX_ID_LENGTH))).isEqualTo("x".repeat(InputRows.MAX_ID_LENGTH));
        assertThat((String)
                        map("inputid", "x".repeat(InputRows.MAX_ID_LENGTH + 1)).get("status_message"))
                .contains("an id of " + (InputRows.MAX_ID_LENGTH + 1) + " characters; Clarifai takes up to");
        assertThat((String) map("inputid", "a b").get("status_message"))
                .contains("an id with characters that Clarifai refuses");
    }

    @Example
    void a_source_that_no_row_could_be_read_from_is_a_rejected_row() {
        assertThat(ImportRowMapper.rejectSource("s3://bucket/rows.csv", "it is damaged"))
                .containsEntry("source_uri", "s3://bucket/rows.csv")
                .containsEntry("status", "REJECTED")
                .containsEntry("status_message", "it is damaged")
                .containsEntry("raw", "{}");
    }

    @Example
    void metadata_that_is_nested_too_deeply_is_rejected_in_every_form() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 40; i++) {
            deep = Map.of("a", deep);
        }

        assertThat(map("metadata", deep)).containsEntry("status", "REJECTED");
        assertThat(map("metadata", deep.toString().replace("a=", "'a':"))).containsEntry("status", "REJECTED");
        assertThat(map("metadata", "{\"a\":".repeat(100_000))).containsEntry("status", "REJECTED");
    }

    @Property
    void no_row_makes_it_fail_and_every_row_can_be_staged_and_uploaded(@ForAll("rows") Map<String, Object> raw) {
        Map<String, Object> row = mapper.map(raw, SOURCE);

        assertThat(InputRows.isValidId(row.get("input_id"))).isTrue();
        assertThat(RowFile.of(List.of(row))).isNotEmpty();
        if (row.get("status") == null) {
            assertThat(InputRows.toInput(row).getId()).isEqualTo(row.get("input_id"));
        } else {
            assertThat((String) row.get("status_message")).isNotBlank();
        }
    }

    @Provide
    Arbitrary<Map<String, Object>> rows() {
        Arbitrary<Object> pieces = Arbitraries.of(
                        "[",
                        "]",
                        "{",
                        "}",
                        "(",
                        ")",
                        "\"",
                        "\\\"",
                        "'",
                        ":",
                        ",",
                        " ",
                        "cat",
                        "array(",
                        "set()",
                        "nan",
                        "<NA>",
                        "POINT(",
                        "Decimal('",
                        "1e999999999",
                        "{\"regions\":[{\"region_info\":{\"bounding_box\":{\"top_row\":",
                        "!",
                        "\\ud83d",
                        "1",
                        "-5.5",
                        "None",
                        "1e999",
                        "id",
                        "\n",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
        Arbitrary<Object> values = Arbitraries.oneOf(
                pieces,
                Arbitraries.strings().ofMaxLength(60).map(Object.class::cast),
                Arbitraries.of(
                        URL,
                        "http://x/\uD83D",
                        "http:",
                        "https://[::1",
                        5,
                        Double.NaN,
                        true,
                        new byte[3],
                        Arrays.asList(1, null, List.of()),
                        Map.of("a", Double.POSITIVE_INFINITY),
                        "12,34",
                        "cat,dog",
                        "{'a': 1}",
                        "[{\"concepts\":[{\"id\":\"\\ud83d\"}]}]"));
        return Arbitraries.maps(Arbitraries.of(NAMES), values).map(row -> {
            Map<String, Object> full = new HashMap<>(row);
            full.putIfAbsent("input", URL);
            return full;
        });
    }

    private Object id(Object inputId) {
        return map("inputid", inputId).get("input_id");
    }

    private Map<String, Object> map(String column, Object value) {
        return mapper.map(row(column, value), SOURCE);
    }

    private static Map<String, Object> row(String column, Object value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("inputid", "1");
        row.put("input", URL);
        row.put(column, value);
        return row;
    }

    private static Map<String, Object> concept(String id, String name, float value) {
        return Map.of("id", id, "name", name, "value", value);
    }

    private static <T> T sql(Class<T> type, String method, Object value) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (!called.getName().equals(method)) {
                        throw new UnsupportedOperationException(called.getName());
                    }
                    return value;
                }));
    }
}
