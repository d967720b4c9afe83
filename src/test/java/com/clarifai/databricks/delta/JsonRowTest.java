package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of any table as one JSON text each. */
class JsonRowTest {

    @Test
    void columnsOfAnyNameAreSelectedWithTheirTimesInUtc() {
        assertThat(JsonRow.select(List.of("a", "b`c")))
                .startsWith("to_json(struct(`a`, `b``c`), map(")
                .contains("'timeZone', 'UTC'");
    }

    @Test
    void ofSomeColumnsTheBeginningsAreSelectedAndOfOthersNothing() {
        assertThat(JsonRow.beginnings(List.of("a", "b"), List.of("a"), 9))
                .startsWith("to_json(struct(left(CAST(`a` AS STRING), 9) AS `a`, CAST(NULL AS STRING) AS `b`), map(");
    }

    @Test
    void whatIsNoJsonIsAFaultOfTheServerThatIsTold() {
        assertThat(JsonRow.columns(Map.of("row", "{\"b\":1,\"a\":null}"))).containsOnlyKeys("b", "a");
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonRow.columns(Map.of("row", "{\"b\":")))
                .withMessageContaining("not JSON");
    }

    @Test
    void timesTravelAsMicrosecondsOrAsText() {
        assertThat(SqlTime.ofMicros(null)).isNull();
        assertThat(SqlTime.ofMicros(1_700_000_000_123_456L)).isEqualTo(Instant.parse("2023-11-14T22:13:20.123456Z"));
        assertThat(SqlTime.text("t.at"))
                .startsWith("get_json_object(to_json(struct(t.at AS at), map(")
                .endsWith("'$.at')");
    }
}
