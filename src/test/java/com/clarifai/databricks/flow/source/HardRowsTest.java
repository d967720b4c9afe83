package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of {@code hard-rows.csv} has its outcome, by the line it starts in, in {@code hard-rows-expected.json}. A
 * name there that ends in {@code _starts} or {@code _matches} is for the start of a value, or a pattern of it.
 */
class HardRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ObjectNode> ROWS = new HashMap<>();

    @BeforeAll
    static void read() throws Exception {
        try (CsvRoute route = new CsvRoute()) {
            for (Map<String, Object> row : route.rows(resource("hard-rows.csv"), Map.of())) {
                ROWS.put((String) row.get("source_uri"), JSON.valueToTree(row));
            }
        }
    }

    static Stream<Arguments> expected() throws IOException {
        JsonNode rows = JSON.readTree(resource("hard-rows-expected.json"));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> Arguments.of(
                        row.get("line").asInt() + ": " + row.get("why").textValue(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expected")
    void rowEndsAsExpected(String name, ObjectNode expected) throws IOException {
        ObjectNode row = ROWS.get(uri(expected));

        assertThat(row).as("a row for line %s", expected.get("line")).isNotNull();
        for (Map.Entry<String, JsonNode> property : expected.properties()) {
            assertProperty(row, property.getKey(), property.getValue());
        }
        assertThat(row.path("raw").isTextual()).isTrue();
        assertThat(row.path("outcome").textValue())
                .isEqualTo("REJECTED".equals(row.path("status").textValue()) ? "REJECTED" : null);
    }

    @Test
    void noOtherRowsAreFound() throws IOException {
        List<String> uris =
                expected().map(row -> uri((ObjectNode) row.get()[1])).toList();

        assertThat(uris).hasSizeGreaterThanOrEqualTo(45).doesNotHaveDuplicates();
        assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(uris);
    }

    private static void assertProperty(ObjectNode row, String name, JsonNode expected) throws IOException {
        if (name.equals("line") || name.equals("why")) {
            return;
        }
        if (name.endsWith("_starts")) {
            assertThat(row.get(name.replace("_starts", "")).textValue()).startsWith(expected.textValue());
        } else if (name.endsWith("_matches")) {
            assertThat(row.get(name.replace("_matches", "")).textValue()).matches(expected.textValue());
        } else {
            JsonNode value = row.get(name);
            if (name.equals("input_metadata") && value.isTextual()) {
                value = JSON.readTree(value.textValue());
            } else if (name.equals("concepts")) {
                // floats would differ from the doubles that JSON is read as
                value = JSON.readTree(value.toString());
            }
            assertThat(value == null ? NullNode.getInstance() : value).as(name).isEqualTo(expected);
        }
    }

    private static String uri(ObjectNode expected) {
        return CsvRoute.SOURCE + "#line=" + expected.get("line").asInt();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream resource = HardRowsTest.class.getResourceAsStream("/import/" + name)) {
            return resource.readAllBytes();
        }
    }
}
