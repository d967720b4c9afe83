package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whom a statement is run for, and whether they have been asked to stop. */
class StopSignalTest {

    private static final Instant ASKED = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void isThatOfTheInnermostUntilItIsClosed() {
        assertThat(StopSignal.current().get()).isNull();
        try (StopSignal outer = StopSignal.during(() -> ASKED)) {
            assertThat(StopSignal.current().get()).isEqualTo(ASKED);
            try (StopSignal inner = StopSignal.during(() -> null)) {
                assertThat(StopSignal.current().get()).isNull();
            }
            assertThat(StopSignal.current().get()).isEqualTo(ASKED);
        }
        assertThat(StopSignal.current().get()).isNull();
    }

    @Test
    void isNotThatOfAnotherThread() throws InterruptedException {
        Instant[] seen = {ASKED};
        try (StopSignal signal = StopSignal.during(() -> ASKED)) {
            Thread other = new Thread(() -> seen[0] = StopSignal.current().get());
            other.start();
            other.join();
        }
        assertThat(seen[0]).isNull();
    }
}
