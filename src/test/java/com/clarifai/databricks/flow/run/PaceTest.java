package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Pace pace = new Pace(START);

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void the_first_second_has_no_pace_and_neither_has_a_wait() {
        assertThat(pace.perSecond(START.plusMillis(900), 5)).isEmpty();
        assertThat(pace.perSecond(after(10), 0)).isEmpty();
        assertThat(pace.perSecond(after(10), 5)).hasValue(0.5);
    }

    @Test
    void what_was_done_more_than_a_minute_ago_does_not_count() {
        for (int second = 1; second <= 30; second++) {
            pace.reached(after(second), second * 100L);
        }
        assertThat(pace.perSecond(after(30), 3_000)).hasValue(100);

        pace.reached(after(100), 3_001);

        assertThat(pace.perSecond(after(101), 3_002)).hasValueCloseTo(2 / 71.0, within());
        assertThat(pace.perSecond(after(170), 3_002)).hasValueCloseTo(1 / 70.0, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.001);
    }

    @Test
    void a_second_is_enough_for_a_pace() {
        assertThat(pace.perSecond(after(1), 5)).hasValue(5);
    }

    /** Or else a run of days would keep each of its seconds. */
    @Test
    void marks_that_are_over_are_forgotten_and_those_of_one_second_are_one() {
        pace.reached(START.plusMillis(999), 1);
        assertThat(pace.perSecond(after(2), 4)).hasValue(2);

        pace.reached(after(1), 3);
        assertThat(pace.perSecond(after(61), 63)).hasValue(1);
    }
}
