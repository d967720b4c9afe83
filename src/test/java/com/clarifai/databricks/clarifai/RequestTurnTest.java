package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several clients, each in its turn, keep one limit together. */
class RequestTurnTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** By which one may come late, and the next one in time. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(75);

    /** The times of all turns within some rounds, in order. */
    private static long[] times(int all, double requestsPerSecond, long from) {
        long until = from + 3 * SECOND + (long) (2.1 * all * SECOND / requestsPerSecond);
        LongStream times = LongStream.empty();
        for (int own = 0; own < all; own++) {
            RequestTurn turn = new RequestTurn(own, all);
            long first = turn.atOrAfter(from, requestsPerSecond);
            times = LongStream.concat(
                    times,
                    LongStream.iterate(
                            first, time -> time < until, time -> turn.atOrAfter(time + 1, requestsPerSecond)));
        }
        return times.sorted().toArray();
    }

    @ParameterizedTest
    @CsvSource({"2, 15", "4, 15", "16, 15", "40, 15", "200, 15", "3, 100", "64, 1000", "7, 1", "3, 7.5"})
    void noSecondHasMoreThanTheLimitHoweverManyThereAre(int all, double requestsPerSecond) {
        long[] times = times(all, requestsPerSecond, 1_790_000_000_123_456_789L);

        for (int i = 0; i < times.length; i++) {
            int most = 0;
            for (int k = i; k < times.length && times[k] - times[i] < SECOND + LATE; k++) {
                most++;
            }
            assertThat(most).isLessThanOrEqualTo((int) Math.ceil(requestsPerSecond));
        }
        double perSecond = (times.length - 1) * (double) SECOND / (times[times.length - 1] - times[0]);
        assertThat(perSecond).as("all of it is used").isBetween(requestsPerSecond * 0.92, requestsPerSecond * 0.93);
    }

    @Test
    void whatTakesThePlaceOfAnotherHasItsTimesAndNoOthers() {
        RequestTurn lost = new RequestTurn(3, 8);
        RequestTurn again = new RequestTurn(3, 8);
        long now = 1_790_000_000_000_000_000L;

        assertThat(again.atOrAfter(now + 5, 15)).isEqualTo(lost.atOrAfter(now + 1, 15));
        assertThat(again.atOrAfter(lost.atOrAfter(now, 15), 15)).isEqualTo(lost.atOrAfter(now, 15));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestTurn(8, 8));
    }

    @Test
    void requestsLeaveAtTheTimesOfTheirTurn() {
        int all = 8;
        double requestsPerSecond = 8;
        Queue<long[]> left = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try {
            for (int own = 0; own < all; own++) {
                int turn = own;
                RequestPacer pacer = new RequestPacer(
                        requestsPerSecond,
                        new RequestTurn(own, all),
                        new Backoff(1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        scheduler);
                for (int i = 0; i < 2; i++) {
                    sent.add(pacer.admit()
                            .thenRun(() -> left.add(
                                    new long[] {turn, ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now())})));
                }
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
        } finally {
            scheduler.shutdownNow();
        }

        assertThat(left).hasSize(2 * all);
        long step = (long) Math.ceil(SECOND * 1.08 / requestsPerSecond);
        assertThat(left.stream().map(one -> Math.floorDiv(one[1] - step * one[0], step * all) * 1_000L + one[0]))
                .as("each turn has one time of each round")
                .doesNotHaveDuplicates();
    }
}
