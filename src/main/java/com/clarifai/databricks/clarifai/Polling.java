package com.clarifai.databricks.clarifai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How to wait for something at Clarifai: the interval grows by half from its first to its greatest value. No thread
 * waits.
 */
public record Polling(Duration firstInterval, Duration maxInterval, Duration timeout) {

    public static final Duration DEFAULT_FIRST_INTERVAL = Duration.ofMillis(250);
    public static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(5);

    public static Polling of(Duration timeout) {
        return new Polling(DEFAULT_FIRST_INTERVAL, DEFAULT_MAX_INTERVAL, timeout);
    }

    /**
     * Completes when the question is answered with yes.
     *
     * @param onTimeout makes the failure
     */
    CompletableFuture<Void> until(
            Supplier<CompletableFuture<Boolean>> question, Supplier<ClarifaiException> onTimeout) {
        return until(question, onTimeout, firstInterval, System.nanoTime() + timeout.toNanos());
    }

    private CompletableFuture<Void> until(
            Supplier<CompletableFuture<Boolean>> question,
            Supplier<ClarifaiException> onTimeout,
            Duration interval,
            long deadline) {
        return question.get().thenCompose(done -> {
            if (done) {
                return CompletableFuture.completedFuture(null);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return CompletableFuture.failedFuture(onTimeout.get());
            }
            Duration grown = interval.multipliedBy(3).dividedBy(2);
            Duration next = grown.compareTo(maxInterval) > 0 ? maxInterval : grown;
            return after(Math.min(left, interval.toNanos()))
                    .thenCompose(waited -> until(question, onTimeout, next, deadline));
        });
    }

    private static CompletableFuture<Void> after(long nanos) {
        Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run);
        return CompletableFuture.runAsync(() -> {}, later);
    }
}
