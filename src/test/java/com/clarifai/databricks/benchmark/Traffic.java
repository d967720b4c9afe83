package com.clarifai.databricks.benchmark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has reached the stand-ins: how often each call, and when it came first and last, in milliseconds since 1970; of the
 * first and the last calls of all also each by itself.
 */
final class Traffic {

    /** Of the beginning, and of the end. */
    private static final int KEPT = 1000;

    private record Seen(LongAdder count, long first, long[] last) {}

    /** One call. */
    record Event(String call, long millis) {}

    private volatile int asked;
    private final Map<String, Seen> calls = new ConcurrentHashMap<>();
    private final List<Event> opening = new ArrayList<>();
    private final Deque<Event> ending = new ArrayDeque<>();

    void saw(String call) {
        long now = System.currentTimeMillis();
        Seen seen = calls.computeIfAbsent(call, name -> new Seen(new LongAdder(), now, new long[1]));
        seen.count().increment();
        seen.last()[0] = now;
        synchronized (opening) {
            if (opening.size() < KEPT) {
                opening.add(new Event(call, now));
            } else {
                ending.add(new Event(call, now));
                if (ending.size() > KEPT) {
                    ending.remove();
                }
            }
        }
    }

    /** Of each call since this was asked last: how often, first and last. */
    Map<String, long[]> fresh() {
        Map<String, long[]> all = new TreeMap<>();
        calls.forEach((name, seen) -> all.put(name, new long[] {seen.count().sum(), seen.first(), seen.last()[0]}));
        calls.clear();
        asked++;
        return all;
    }

    /** Whether a run has ended before this one: {@link #fresh} is asked behind each. */
    boolean isFirstRun() {
        return asked == 0;
    }

    /** The first and the last calls since this was asked last, in their order. */
    List<Event> freshEvents() {
        synchronized (opening) {
            List<Event> all = new ArrayList<>(opening);
            all.addAll(ending);
            opening.clear();
            ending.clear();
            return all;
        }
    }
}
