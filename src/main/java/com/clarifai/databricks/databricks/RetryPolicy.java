package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a call until it succeeds, fails for good, or the budget is used up.
 *
 * <p>The wait is what the service asks for ({@code Retry-After}, at most five minutes), else a random part of
 * min(60 s, 2<sup>n</sup> s), so that many clients do not come back in step. The budget counts from the first failure:
 * a transfer of an hour may still be resumed.
 */
record RetryPolicy(Duration budget, Timekeeper time) {

    /** One try; {@code number} counts from 1. */
    @FunctionalInterface
    interface Attempt<T> {
        T run(int number);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);
    private static final int BRIEF_RETRIES = 3;
    private static final Duration MAX_BRIEF_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration MAX_ASKED_WAIT = Duration.ofMinutes(5);
    private static final long GIVE_UP = -1;

    <T> T run(Attempt<T> attempt) {
        Retry.AsyncContext<T> retries = Retry.of("databricks", retryConfig()).asyncContext();
        for (int number = 1; ; number++) {
            try {
                T result = attempt.run(number);
                retries.onComplete();
                return result;
            } catch (DatabricksException failure) {
                long wait = retries.onError(failure);
                if (wait < 0) {
                    throw number == 1 ? failure : failure.afterAttempts(number);
                }
                LOG.info("{}; attempt {} in {} ms", failure.getMessage(), number + 1, wait);
                sleep(Duration.ofMillis(wait), failure);
            }
        }
    }

    private RetryConfig retryConfig() {
        FirstFailure first = new FirstFailure();
        return RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .intervalBiFunction((attempt, outcome) -> interval(attempt, outcome, first))
                .build();
    }

    private long interval(int attempt, Either<Throwable, Object> outcome, FirstFailure first) {
        DatabricksException failure = (DatabricksException) outcome.getLeft();
        Duration wait =
                switch (failure.retry()) {
                    case NEVER -> null;
                    case BRIEFLY -> attempt > BRIEF_RETRIES ? null : jittered(MAX_BRIEF_WAIT);
                    case WITHIN_BUDGET ->
                        failure.retryAfter().map(RetryPolicy::atMost).orElseGet(() -> jittered(exponential(attempt)));
                };
        Instant deadline = first.at(time.now()).plus(budget);
        return wait == null || time.now().plus(wait).isAfter(deadline) || budget.isZero() ? GIVE_UP : wait.toMillis();
    }

    /** What a service asks for, within reason. */
    static Duration atMost(Duration asked) {
        return asked.compareTo(MAX_ASKED_WAIT) > 0 ? MAX_ASKED_WAIT : asked;
    }

    private static Duration exponential(int attempt) {
        Duration wait = Duration.ofSeconds(1L << Math.min(attempt, 6));
        return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    private static Duration jittered(Duration most) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most.toMillis() + 1));
    }

    private void sleep(Duration wait, DatabricksException failure) {
        try {
            time.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Interrupted while waiting for the service. */
    static DatabricksException interrupted(WorkspaceRequest request, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DatabricksException(
                Kind.UNREACHABLE,
                request.call(),
                request.what() + ": interrupted",
                cause,
                DatabricksException.Retry.NEVER);
    }

    private static final class FirstFailure {
        private Instant instant;

        Instant at(Instant now) {
            instant = instant == null ? now : instant;
            return instant;
        }
    }
}
