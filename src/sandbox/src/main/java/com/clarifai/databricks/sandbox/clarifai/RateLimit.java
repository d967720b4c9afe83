package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many requests in any one second (documentation: 15 for each user, on all plans); refused ones do not count. */
final class RateLimit {

    static final int DOCUMENTED = 15;
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Deque<Long> accepted = new ArrayDeque<>();
    private int perSecond;

    RateLimit(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    synchronized void setPerSecond(int newPerSecond) {
        perSecond = newPerSecond;
        accepted.clear();
    }

    synchronized void take() {
        if (perSecond <= 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        while (!accepted.isEmpty() && now - accepted.peekFirst() >= WINDOW) {
            accepted.removeFirst();
        }
        if (accepted.size() >= perSecond) {
            throw new Refusal(StatusCode.CONN_THROTTLED, details(perSecond));
        }
        accepted.addLast(now);
    }

    static String details(int perSecond) {
        return "exceeded limit of " + perSecond + " requests per second";
    }
}
