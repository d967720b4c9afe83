package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests out one by one, in order of arrival and evenly spaced, and holds all of them back after a throttled
 * one. No thread waits.
 *
 * <p>A limiter that counts per fixed cycle (such as Resilience4j's) does not do: a request at the end of one cycle and
 * one at the start of the next make a sliding second exceed the limit, and waits that it gave away cannot be prolonged
 * by a pause.
 */
final class RequestPacer {

    private final ScheduledExecutorService scheduler;
    private final long spacing;
    private final double requestsPerSecond;
    private final RequestTurn turn;
    private final Backoff pauses;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private boolean ticking;
    private long earliest = System.nanoTime();
    private long pausedAt = earliest;
    private Duration nextPause;

    /**
     * @param requestsPerSecond of all clients of the limit; 0 for none
     * @param turn which of them this is
     */
    RequestPacer(double requestsPerSecond, RequestTurn turn, Backoff pauses, ScheduledExecutorService scheduler) {
        this.requestsPerSecond = requestsPerSecond;
        this.turn = turn;
        this.spacing = requestsPerSecond > 0 ? (long) Math.ceil(TimeUnit.SECONDS.toNanos(1) / requestsPerSecond) : 0;
        this.pauses = pauses;
        this.nextPause = pauses.first();
        this.scheduler = scheduler;
    }

    /** Completes, on the scheduler's thread, when the caller may send one request. */
    synchronized CompletableFuture<Void> admit() {
        CompletableFuture<Void> admission = new CompletableFuture<>();
        waiting.add(admission);
        tick();
        return admission;
    }

    /** The request that was sent at {@code sentAt} ({@link System#nanoTime()}) met the rate limit. */
    synchronized void throttled(long sentAt) {
        if (sentAt - pausedAt < 0) {
            return; // left before the pause in force, so it says nothing about it
        }
        pausedAt = System.nanoTime();
        earliest = Math.max(earliest, pausedAt + nextPause.toNanos());
        Duration doubled = nextPause.multipliedBy(2);
        nextPause = doubled.compareTo(pauses.max()) > 0 ? pauses.max() : doubled;
    }

    synchronized void succeeded() {
        nextPause = pauses.first();
    }

    private void tick() {
        if (!ticking && !waiting.isEmpty()) {
            ticking = true;
            earliest = inTurn(earliest);
            scheduler.schedule(this::admitNext, earliest - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean takesTurns() {
        return !turn.isAlone() && requestsPerSecond > 0;
    }

    /** Of times that are over, the next one is as good. */
    private long inTurn(long time) {
        if (!takesTurns()) {
            return time;
        }
        long now = System.nanoTime();
        long sinceEpoch = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()) - now;
        return turn.atOrAfter(Math.max(time, now) + sinceEpoch, requestsPerSecond) - sinceEpoch;
    }

    private void admitNext() {
        CompletableFuture<Void> next = null;
        synchronized (this) {
            ticking = false;
            long now = System.nanoTime();
            if (now - earliest >= 0 && (!takesTurns() || turn.isInTime(now - earliest))) {
                next = waiting.poll();
                earliest = now + spacing;
            }
            tick();
        }
        if (next != null) {
            next.complete(null);
        }
    }
}
