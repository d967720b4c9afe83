package com.clarifai.databricks.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How many calls came within one second, at most, wherever that second begins. */
final class BusiestSecond {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Long> latest = new ArrayDeque<>();
    private long most;

    /** @param now in nanoseconds, never before that of the call before */
    synchronized void add(long now) {
        while (!latest.isEmpty() && now - latest.peekFirst() >= SECOND) {
            latest.removeFirst();
        }
        latest.addLast(now);
        most = Math.max(most, latest.size());
    }

    synchronized long most() {
        return most;
    }
}
