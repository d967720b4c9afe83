package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells as programs write them, from text and from the typed columns of a table. */
class CellsTest {

    private static final List<String> NAMES =
            List.of("inputid", "input", "concepts", "metadata", "geopoints", "annotations", "width", "height");

    private final ImportRowMapper mapper =
            new ImportRowMapper(ImportColumns.of(NAMES, null), ConceptIds.LABEL, (change, source) -> {});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['cat' 'dog']|cat=1.0, dog=1.0",
                "['cat', 'dog']|cat=1.0, dog=1.0",
                "array(['cat', 'dog'], dtype=object)|cat=1.0, dog=1.0",
                "{'cat', 'dog'}|cat=1.0, dog=1.0",
                "('cat', 'dog')|cat=1.0, dog=1.0",
                "('cat',)|cat=1.0",
                "frozenset({'cat'})|cat=1.0",
                "set()|``",
                "[np.str_('cat'), np.str_('!dog')]|cat=1.0, dog=0.0",
                "'cat', 'dog'|cat=1.0, dog=1.0",
                "\"cat\"|cat=1.0",
                "\"[\\\"cat\\\", \\\"dog\\\"]\"|cat=1.0, dog=1.0",
                "\"\\\"[\\\\\\\"cat\\\\\\\"]\\\"\"|cat=1.0",
                "{\"id\": \"cat\", \"value\": 0.5}|cat=0.5",
                "[{'name': 'cat', 'value': np.float64(0.5)}]|cat=0.5",
                "[('c', 'cat', 0.25)]|cat=0.25",
                "[{\"id\": 1}, {\"id\": 2, \"name\": 3}]|1=1.0, 3=1.0",
                "{'cat': 1, 'dog': 0.0, 'bird': True}|cat=1.0, dog=0.0, bird=1.0",
                "[Row(id='c', name='cat', value=1.0)]|cat=1.0",
                "['cat', None, nan]|cat=1.0",
                "['None', 'nan']|None=1.0, nan=1.0",
                "cat,nan,None|cat=1.0",
                "nan|``",
                "None|``",
                "<NA>|``",
                "NaT|``",
                "np.nan|``",
                "[pd.NA]|``",
                "null|``",
                "none|none=1.0",
                "NA|NA=1.0",
                "cat|cat=1.0",
                "\u00a0cat\u200b, \u202fbig dog\ufeff|cat=1.0, big dog=1.0",
                "(unknown)|(unknown)=1.0",
                "dog(puppy)|dog(puppy)=1.0",
                "'s-Hertogenbosch|'s-Hertogenbosch=1.0",
                "[9007199254740993, 7.0]|9007199254740993=1.0, 7=1.0",
            })
    void conceptsAreThoseThatWereMeant(String cell, String concepts) {
        assertThat(concepts(map("concepts", cell))).isEqualTo(concepts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['cat' 'dog', 'bird']",
                "['cat', 'dog'",
                "['a' 'b' ... 'z']",
                "{'cat'",
                "{cat,dog}",
                "(a, b)",
                "('cat', dog)",
                "array(['cat']",
                "unknown(['cat'])",
                "[b'cat']",
                "[['cat', 'dog']]",
                "{'cat': None}",
                "{'cat': nan}",
                "[{'name': 'cat', 'value': nan}]",
                "[{\"name\": \"cat\", \"value\": NaN}]",
                "[{\"name\": \"cat\", \"value\": Infinity}]",
                "[{\"name\": \"cat\", \"value\": 1e999999999}]",
                "[{\"name\": \"cat\", \"value\": \"NaN\"}]",
                "[{\"name\": \"cat\", \"name\": \"dog\"}]",
                "[{\"name\": NaN}]",
                "[{\"label\": \"cat\", \"score\": 0.9}]",
                "'cat' and 'dog'"
            })
    void conceptsThatCannotBeToldAreRejected(String cell) {
        assertThat(reason(map("concepts", cell))).startsWith("column concepts: ");
    }

    @Test
    void conceptsOfTypedColumnsAreTheSame() {
        assertThat(concepts(map("concepts", Map.of("cat", 0.5)))).isEqualTo("cat=0.5");
        assertThat(concepts(map("concepts", Map.of("id", "c", "name", "cat")))).isEqualTo("cat=1.0");
        assertThat(concepts(map("concepts", List.of("nan")))).isEqualTo("nan=1.0");
        assertThat(concepts(map("concepts", "NaN"))).isEmpty();
        assertThat(concepts(map("concepts", 7))).isEqualTo("7=1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"asset\": 9007199254740993}|{\"asset\":\"9007199254740993\"}",
                "{'asset': 9007199254740993}|{\"asset\":\"9007199254740993\"}",
                "{\"asset\": -9007199254740993, \"ok\": 42}|{\"asset\":\"-9007199254740993\",\"ok\":42}",
                "{\"even\": 9007199254740994}|{\"even\":\"9007199254740994\"}",
                "{\"max\": 9007199254740992}|{\"max\":9007199254740992}",
                "{\"d\": 0.1234567890123456789}|{\"d\":\"0.1234567890123456789\"}",
                "{\"d\": [0.1, 1.50, 1e3, -0.0]}|{\"d\":[0.1,1.5,1000,0]}",
                "{'d': Decimal('12345678901234567.89')}|{\"d\":\"12345678901234567.89\"}",
                "{'n': nan, 'm': None, 't': NaT, 'p': <NA>}|{\"n\":null,\"m\":null,\"t\":null,\"p\":null}",
                "{\"n\": NaN}|{\"n\":null}",
                "{'s': np.str_('x'), 'f': np.float64(0.5), 'b': np.False_}|{\"s\":\"x\",\"f\":0.5,\"b\":false}",
                "{'at': datetime.datetime(2024, 5, 1, 10, 0, 5)}|{\"at\":\"2024-05-01T10:00:05\"}",
                "\"{\\\"a\\\": 1}\"|{\"a\":1}",
                "\"{'a': 1}\"|{\"a\":1}",
                "{'tags': {'x'}, 'box': array([1, 2])}|{\"tags\":[\"x\"],\"box\":[1,2]}",
            })
    void metadataArrivesUnchanged(String cell, String sent) {
        Map<String, Object> row = map("metadata", cell);

        assertThat(row.get("status_message")).isNull();
        Map<String, Object> seen = new LinkedHashMap<>();
        InputRows.putChangeable(seen, InputRows.toInput(row).getData());
        assertThat(seen).containsEntry("input_metadata", sent);
    }

    @Test
    void metadataOfTypedColumnsIsTheSame() {
        Map<String, Object> row = map("metadata", Map.of("asset", 9007199254740993L));

        assertThat(InputRows.toInput(row)
                        .getData()
                        .getMetadata()
                        .getFieldsOrThrow("asset")
                        .getStringValue())
                .isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'a': inf}", "{\"a\": -Infinity}", "{\"a\": 1e999}", "{\"a\": 1, \"a\": 2}", "[1]", "\"text\""})
    void metadataThatWouldChangeIsRejected(String cell) {
        assertThat(reason(map("metadata", cell))).startsWith("column metadata: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "102,70|102.0|70.0",
                "(102.0, 70.0)|102.0|70.0",
                "array([102., 70.])|102.0|70.0",
                "[102.  70.]|102.0|70.0",
                "\"102,70\"|102.0|70.0",
                "{'latitude': 70, 'longitude': 102}|102.0|70.0",
                "POINT (102 70)|102.0|70.0",
                "{\"type\": \"Point\", \"coordinates\": [102, 70]}|102.0|70.0",
                "nan,nan||",
                "nan||",
                "[None, None]||",
            })
    void placesAreThoseThatWereMeant(String cell, Double longitude, Double latitude) {
        assertThat(map("geopoints", cell))
                .containsEntry("status", null)
                .containsEntry("longitude", longitude)
                .containsEntry("latitude", latitude);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nan,70",
                "102,None",
                "inf,0",
                "1e999999999,0",
                "{'lat': 1, 'lon': 2}",
                "[1]",
                "POINT (1)",
                "102;70",
                "102,5,70,1",
                "LINESTRING (1 2, 3 4)",
                "[[1, 2], [3, 4]]"
            })
    void placesThatCannotBeToldAreRejected(String cell) {
        assertThat(reason(map("geopoints", cell))).startsWith("column geopoints: ");
    }

    @Test
    void placeOfATableWithoutValuesIsNone() {
        Map<String, Object> empty = new LinkedHashMap<>();
        empty.put("longitude", null);
        empty.put("latitude", "NaN");

        assertThat(map("geopoints", empty)).containsEntry("status", null).containsEntry("longitude", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "None", "<NA>", " NaN ", "NULL", "\\N", "#N/A"})
    void idThatIsMissingIsMadeFromTheUrl(String cell) {
        assertThat(map("inputid", cell)).isEqualTo(map("inputid", null)).containsEntry("status", null);
        assertThat(reason(map("input", cell))).isEqualTo("column input: no image URL");
    }

    /** A cell of a million characters, which is what a row may have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{'a':",
                "(",
                "array(",
                "Row(a=",
                "[({",
                "\"",
                "'",
                "\\\"",
                "`",
                ",",
                "a,",
                "[[],",
                "1 ",
                "9",
                "1e9",
                "-",
                "nan ",
                "http://",
                "https://x/@",
                "%",
                " ",
                "\u00a0",
                "POINT(",
                "{\"a\":",
                "<",
                "<NA>",
                "...",
                "b'",
                "\ud83d",
                "\\u0041"
            })
    void noCellTakesTimeOrMemoryOutOfProportion(String piece) {
        String cell = piece.repeat(250_000 / piece.length());

        for (String text : List.of(cell, "[" + cell, "https://x/" + cell, '"' + cell + '"', "[{\"concepts\":" + cell)) {
            for (String column : NAMES) {
                Map<String, Object> row = Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> mapper.map(row(column, text), "s"));
                assertThat(String.valueOf(row.get("status_message"))).hasSizeLessThan(1_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#REF!",
                "cat, #DIV/0!",
                "#VALUE!",
                "!#NAME?",
                "b'cat'",
                "[\"b'cat'\"]",
                "[inf]",
                "[{'name': 'cat', 'confidence': 0.5}]",
                "[{'id': 'cat', 'score': 1}]"
            })
    void whatIsNoLabelIsNotMadeOne(String cell) {
        assertThat(reason(map("concepts", cell))).contains("column concepts: ");
    }

    private Map<String, Object> map(String column, Object value) {
        Map<String, Object> row = mapper.map(row(column, value), "s");
        row.remove("raw");
        return row;
    }

    private static Map<String, Object> row(String column, Object value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("inputid", "1");
        row.put("input", "https://images.example/cat.jpg");
        row.put(column, value);
        return row;
    }

    private static String reason(Map<String, Object> row) {
        assertThat(row).containsEntry("status", "REJECTED");
        return (String) row.get("status_message");
    }

    private static String concepts(Map<String, Object> row) {
        assertThat(row.get("status_message")).isNull();
        List<String> concepts = new ArrayList<>();
        ((List<?>) row.get("concepts"))
                .forEach(concept ->
                        concepts.add(((Map<?, ?>) concept).get("name") + "=" + ((Map<?, ?>) concept).get("value")));
        return String.join(", ", concepts);
    }
}
