package com.clarifai.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the tasks of a job have read. */
class ReadOutcomeTest {

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00.000001Z");
    private static final Instant LATE = Instant.parse("2026-02-01T00:00:00.123456Z");

    @Test
    void allTasksTogetherHaveTheSumsAndTheLatestChangeAndThatMayBePartOfTheWhole() {
        ReadOutcome one = new ReadOutcome(1, 20, 300, 4000, LATE, false);
        ReadOutcome other = new ReadOutcome(5, 60, 700, 8000, EARLY, true);

        assertThat(ReadOutcome.NONE.plus(one).plus(other)).isEqualTo(new ReadOutcome(6, 80, 1000, 12_000, LATE, true));
        assertThat(other.plus(one).latestChange()).isEqualTo(LATE);
    }

    @Test
    void aFileOfItSaysTheSame() {
        ReadOutcome outcome = new ReadOutcome(1, 20, 300, 4000, LATE, true);

        assertThat(ReadOutcome.parse(outcome.json())).isEqualTo(outcome);
    }
}
