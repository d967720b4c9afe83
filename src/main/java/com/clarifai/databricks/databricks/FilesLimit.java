package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the Files API calls of one client within a number at a time and a number a second. */
final class FilesLimit {

    /** The right to one call; returning it twice does no harm. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    static final Permit UNLIMITED = () -> {};

    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private final int concurrency;
    private final Semaphore calls;
    private final RateLimiter rate;

    FilesLimit(int concurrency, int requestsPerSecond) {
        this.concurrency = concurrency;
        this.calls = new Semaphore(concurrency, true);
        this.rate = RateLimiter.of(
                "databricks-files",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(requestsPerSecond))
                        .timeoutDuration(MAX_WAIT)
                        .build());
    }

    Permit acquire(WorkspaceRequest request) {
        try {
            if (!calls.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new DatabricksException(
                        Kind.THROTTLED,
                        request.call(),
                        request.what() + ": " + concurrency + " Files API calls have been open for "
                                + MAX_WAIT.toMinutes() + " minutes; has a stream been left open?");
            }
        } catch (InterruptedException e) {
            throw RetryPolicy.interrupted(request, e);
        }
        if (!rate.acquirePermission()) {
            calls.release();
            throw new DatabricksException(
                    Kind.THROTTLED, request.call(), request.what() + ": no turn within the rate limit");
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                calls.release();
            }
        };
    }
}
