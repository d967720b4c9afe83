package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BusiestSecondTest {

    private final BusiestSecond calls = new BusiestSecond();

    private void addAt(long... milliseconds) {
        LongStream.of(milliseconds).forEach(time -> calls.add(TimeUnit.MILLISECONDS.toNanos(time)));
    }

    @Test
    void secondMayBeginAnywhere() {
        addAt(0, 900, 950, 1_000, 1_899, 1_950, 4_000);

        assertThat(calls.most()).isEqualTo(4);
    }

    @Test
    void thereIsNoneAtFirst() {
        assertThat(calls.most()).isZero();
    }
}
