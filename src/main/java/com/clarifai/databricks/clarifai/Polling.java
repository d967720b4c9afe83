package com.clarifai.databricks.clarifai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * How to wait for something at Clarifai: the interval grows by half from its first to its greatest value. No thread
 * waits.
 */
public record Polling(Duration firstInterval, Duration maxInterval, Duration timeout) {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration GREATEST = Duration.ofSeconds(5);

    /** For the end of inputs that are being processed. */
    public static final Polling UNTIL_PROCESSED = new Polling(FIRST, GREATEST, Duration.ofMinutes(30));
    /** For inputs to be gone that were deleted. */
    public static final Polling UNTIL_DELETED = new Polling(FIRST, GREATEST, Duration.ofMinutes(1));

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
            return Delays.after(Duration.ofNanos(Math.min(left, interval.toNanos())))
                    .thenCompose(waited -> until(question, onTimeout, next, deadline));
        });
    }
}
