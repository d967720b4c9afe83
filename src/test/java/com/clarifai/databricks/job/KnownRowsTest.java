package com.clarifai.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

    private static final Instant CHANGED = Instant.parse("2024-05-31T12:00:00.000001900Z");

    /** As {@code printf 'inputs cat 1717156800000001 30000' | sha256sum} gives them. */
    private static final String CAT = "235cc1ed5b3d8965";

    /** The same of an annotation. */
    private static final String NOTE = "4c1997d3b0a8daa2";

    private final KnownRows known = KnownRows.of(List.of("ffffffffffffffff" + CAT, NOTE));

    @Test
    void aRowIsKnownByItsKeyTheTimeOfItsChangeAndItsStatus() {
        assertThat(known.size()).isEqualTo(3);
        assertThat(known.has("inputs", "cat", CHANGED, 30000)).isTrue();
        assertThat(known.has("annotations", "cat", CHANGED, 30000)).isTrue();

        assertThat(known.has("inputs", "dog", CHANGED, 30000)).isFalse();
        assertThat(known.has("inputs", "cat", CHANGED.plusNanos(1000), 30000)).isFalse();
        assertThat(known.has("inputs", "cat", CHANGED, 30001)).isFalse();
    }

    @Test
    void aRowWithoutATimeOrStatusIsNeverKnown() {
        assertThat(known.has("inputs", "cat", null, 30000)).isFalse();
        assertThat(known.has("inputs", "cat", CHANGED, null)).isFalse();
    }

    @Test
    void nothingIsKnownOfNoRows() {
        assertThat(KnownRows.of(List.of()).size()).isZero();
        assertThat(KnownRows.NONE.has("inputs", "cat", CHANGED, 30000)).isFalse();
    }
}
