package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetKeysTest {

    private final MetKeys keys = new MetKeys();

    @Test
    void keysThatWereMetAreKnownHoweverManyAndWheneverTheyAreAskedFor() {
        assertThat(keys.has("0")).isFalse();
        for (int i = 0; i < 3_000; i++) {
            keys.add(String.valueOf(i));
            if (i == 10) {
                assertThat(keys.has("3")).isTrue();
                assertThat(keys.has("11")).isFalse();
            }
        }

        for (int i = 0; i < 3_000; i++) {
            assertThat(keys.has(String.valueOf(i))).isTrue();
        }
        assertThat(keys.has("3000")).isFalse();
    }
}
