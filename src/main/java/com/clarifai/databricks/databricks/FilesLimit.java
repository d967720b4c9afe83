package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the Files API calls of one client within what the workspace takes at the moment, and within the settings.
 *
 * <p>What it takes is told by its refusals ({@link CallWindow}). While it asks to be left alone ({@code Retry-After}), no
 * call begins.
 */
final class FilesLimit {

    /** The right to one call; returning it twice does no harm. */
    interface Permit extends AutoCloseable {

        /** The service has taken the call, whatever it says of it. */
        void answered();

        /** The service is asked too much. @param retryAfter when it may be asked again, where it says so */
        void refused(Optional<Duration> retryAfter);

        @Override
        void close();
    }

    static final Permit UNLIMITED = new Permit() {
        @Override
        public void answered() {}

        @Override
        public void refused(Optional<Duration> retryAfter) {}

        @Override
        public void close() {}
    };

    private static final Logger LOG = LoggerFactory.getLogger(FilesLimit.class);
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private final CallWindow window;
    private final Turns turns;
    private final Optional<RateLimiter> rate;
    private final Timekeeper time;
    private int inFlight;
    private Instant pausedUntil = Instant.MIN;

    /**
     * @param concurrency most calls at a time
     * @param requestsPerSecond most calls that begin in a second; 0 for as many as the workspace takes
     */
    FilesLimit(int concurrency, int requestsPerSecond, Timekeeper time) {
        this.window = new CallWindow(concurrency);
        this.turns = new Turns(window.limit());
        this.rate = requestsPerSecond == 0 ? Optional.empty() : Optional.of(rateLimiter(requestsPerSecond));
        this.time = time;
    }

    private static RateLimiter rateLimiter(int requestsPerSecond) {
        return RateLimiter.of(
                "databricks-files",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(requestsPerSecond))
                        .timeoutDuration(MAX_WAIT)
                        .build());
    }

    Permit acquire(WorkspaceRequest request) {
        try {
            if (!turns.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new DatabricksException(
                        Kind.THROTTLED,
                        request.call(),
                        request.what() + ": " + limit() + " Files API calls have been open for " + MAX_WAIT.toMinutes()
                                + " minutes; has a stream been left open?");
            }
        } catch (InterruptedException e) {
            throw RetryPolicy.interrupted(request, e);
        }
        boolean begun = false;
        try {
            awaitPause(request);
            if (rate.isPresent() && !rate.get().acquirePermission()) {
                throw new DatabricksException(
                        Kind.THROTTLED, request.call(), request.what() + ": no turn within the rate limit");
            }
            begun = true;
            return new Turn(begin());
        } finally {
            if (!begun) {
                turns.release();
            }
        }
    }

    private void awaitPause(WorkspaceRequest request) {
        try {
            for (Duration left = pause(); left.compareTo(Duration.ZERO) > 0; left = pause()) {
                time.sleep(left);
            }
        } catch (InterruptedException e) {
            throw RetryPolicy.interrupted(request, e);
        }
    }

    private synchronized Duration pause() {
        Instant now = time.now();
        return pausedUntil.isAfter(now) ? Duration.between(now, pausedUntil) : Duration.ZERO;
    }

    /** Most calls at a time now. */
    synchronized int limit() {
        return window.limit();
    }

    private synchronized int begin() {
        inFlight++;
        return window.decreases();
    }

    private synchronized void answered() {
        // those that wait for their turn, too: one that has just been given to a thread is not under way yet
        window.answered(inFlight + turns.getQueueLength(), time.now());
        turns.become(window.limit());
    }

    private synchronized void refused(int begun, Optional<Duration> retryAfter) {
        int before = window.limit();
        Instant now = time.now();
        window.refused(inFlight, begun, now);
        turns.become(window.limit());
        if (window.limit() < before) {
            LOG.info(
                    "The workspace refuses more Files API calls: {} at a time from now on, not {}",
                    window.limit(),
                    before);
        }
        retryAfter
                .map(asked -> now.plus(RetryPolicy.atMost(asked)))
                .filter(until -> until.isAfter(pausedUntil))
                .ifPresent(until -> pausedUntil = until);
    }

    private synchronized void end() {
        inFlight--;
        turns.release();
    }

    private final class Turn implements Permit {

        private final int begun;
        private final AtomicBoolean held = new AtomicBoolean(true);

        Turn(int begun) {
            this.begun = begun;
        }

        @Override
        public void answered() {
            FilesLimit.this.answered();
        }

        @Override
        public void refused(Optional<Duration> retryAfter) {
            FilesLimit.this.refused(begun, retryAfter);
        }

        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                end();
            }
        }
    }

    /** First come, first served; of a number that changes. */
    private static final class Turns extends Semaphore {

        private static final long serialVersionUID = 1L;

        private int number;

        Turns(int number) {
            super(number, true);
            this.number = number;
        }

        /** Turns that are taken already are not taken back: so many fewer begin. */
        synchronized void become(int wanted) {
            if (wanted > number) {
                release(wanted - number);
            } else {
                reducePermits(number - wanted);
            }
            number = wanted;
        }
    }
}
