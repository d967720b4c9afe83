package com.clarifai.databricks.download;

import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats downloads whose failure passes: after the wait that the server asks for, or one that doubles each time. */
final class DownloadRetry {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadRetry.class);
    private static final Duration MAX_ASKED_WAIT = Duration.ofMinutes(1);

    private final Retry retry;
    private final int attempts;

    DownloadRetry(Backoff backoff) {
        IntervalFunction random = IntervalFunction.ofExponentialRandomBackoff(backoff.first(), 2, 0.5, backoff.max());
        this.attempts = backoff.attempts();
        this.retry = Retry.of(
                "image-download",
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .intervalBiFunction((attempt, outcome) -> wait(outcome).orElseGet(() -> random.apply(attempt)))
                        .retryOnException(
                                failure -> failure instanceof ImageDownloadException known && known.isPassing())
                        .build());
        retry.getEventPublisher()
                .onRetry(event -> LOG.info(
                        "{}; trying again in {} ms",
                        event.getLastThrowable().getMessage(),
                        event.getWaitInterval().toMillis()));
    }

    <T> T attempting(Supplier<T> attempt) {
        try {
            return retry.executeSupplier(attempt);
        } catch (ImageDownloadException e) {
            throw e.isPassing() ? e.afterAttempts(attempts) : e;
        }
    }

    private static Optional<Long> wait(Either<Throwable, Object> outcome) {
        return ((ImageDownloadException) outcome.getLeft())
                .retryAfter()
                .map(asked -> asked.compareTo(MAX_ASKED_WAIT) > 0 ? MAX_ASKED_WAIT : asked)
                .map(Duration::toMillis);
    }
}
