package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Struct;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metadata: what a double keeps of its numbers, and what becomes text. */
class StructsTest {

    private static final String EXACT = "9007199254740992";
    private static final String INEXACT = "9007199254740993";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\": " + INEXACT + "}|true",
                "{\"n\": " + EXACT + "}|false",
                "{\"n\": \"" + INEXACT + "\"}|false",
                "{\"n\": 12345678901234}|false",
                "{\"n\": {\"m\": [1, {\"o\": " + INEXACT + "}]}}|true",
                "{\"n\": {\"m\": [1, {\"o\": " + EXACT + "}]}}|false",
                "{\"n\": [" + INEXACT + "]}|true",
                "{\"n\": 0.12345678901234567890123}|true",
                "{}|false",
                "|false"
            })
    void numbersThatADoubleWouldChangeAreFound(String json, boolean inexact) {
        assertThat(Structs.hasInexactNumber(json)).isEqualTo(inexact);
    }

    @Test
    void theyBecomeTheTextOfTheirDigitsAndOthersStayNumbers() {
        Struct struct = Structs.parse("{\"a\": " + INEXACT + ", \"b\": " + EXACT + ", \"c\": [1.5, null, true]}");

        assertThat(struct.getFieldsOrThrow("a").getStringValue()).isEqualTo(INEXACT);
        assertThat(struct.getFieldsOrThrow("b").getNumberValue()).isEqualTo(9007199254740992d);
        assertThat(Structs.print(struct))
                .isEqualTo("{\"a\":\"" + INEXACT + "\",\"b\":" + EXACT + ",\"c\":[1.5,null,true]}");
    }

    @Test
    void numbersOfTablesAreTakenByTheirDecimalForm() {
        Struct struct = Structs.parse(Map.of("float", 0.1f, "decimal", new BigDecimal("0.5"), "text", 'x'));

        assertThat(struct.getFieldsOrThrow("float").getNumberValue()).isEqualTo(0.1);
        assertThat(struct.getFieldsOrThrow("decimal").getNumberValue()).isEqualTo(0.5);
        assertThat(struct.getFieldsOrThrow("text").getStringValue()).isEqualTo("x");
    }

    @Test
    void nothingIsAnEmptyObjectAndAnEmptyList() {
        assertThat(Structs.parse("null")).isEqualTo(Struct.getDefaultInstance());
        assertThat(Structs.parseArray("null")).isEmpty();
        assertThat(Structs.parseArray("[1, \"a\"]")).isEqualTo(List.of(1, "a"));
    }

    @Test
    void whatIsOfAnotherShapeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Structs.parse("[1]"))
                .withMessageStartingWith("The metadata is not a JSON object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Structs.parseArray("{"))
                .withMessageStartingWith("Not a JSON array");
    }
}
