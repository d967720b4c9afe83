package com.clarifai.databricks.clarifai;

import java.time.Duration;

/**
 * How often and after which wait a failed attempt is repeated. Waits double up to their maximum.
 *
 * @param unreachable no connection: unknown host, refused, certificate not trusted; few and quick, because such a
 *     failure seldom passes
 * @param silent no answer within the deadline of a call, each attempt on a new connection; few, as each waits that long
 * @param passing failures that pass: UNAVAILABLE, a busy database; for more than a minute, as a restart of the service
 *     may take
 * @param throttled 11005; the waits pause all calls of the client
 * @param exhausted hourly limit or maintenance
 */
public record RetrySettings(
        Backoff unreachable, Backoff silent, Backoff passing, Backoff throttled, Backoff exhausted) {

    /** @param attempts in all, the first one included */
    public record Backoff(int attempts, Duration first, Duration max) {}

    public static RetrySettings defaults() {
        return new RetrySettings(
                new Backoff(4, Duration.ofMillis(500), Duration.ofSeconds(2)),
                new Backoff(3, Duration.ofMillis(500), Duration.ofSeconds(2)),
                new Backoff(10, Duration.ofMillis(500), Duration.ofSeconds(15)),
                new Backoff(12, Duration.ofSeconds(1), Duration.ofSeconds(15)),
                new Backoff(4, Duration.ofMinutes(1), Duration.ofMinutes(4)));
    }

    /** The same with another first pause after a throttled call. */
    public RetrySettings withThrottlePause(Duration pause) {
        Duration max = pause.compareTo(throttled.max()) > 0 ? pause : throttled.max();
        return new RetrySettings(
                unreachable, silent, passing, new Backoff(throttled.attempts(), pause, max), exhausted);
    }
}
