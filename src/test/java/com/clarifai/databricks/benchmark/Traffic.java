package com.clarifai.databricks.benchmark;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has reached the stand-ins: how often each call, and when it came first and last, in milliseconds since 1970. */
final class Traffic {

    private record Seen(LongAdder count, long first, long[] last) {}

    private final Map<String, Seen> calls = new ConcurrentHashMap<>();

    void saw(String call) {
        long now = System.currentTimeMillis();
        Seen seen = calls.computeIfAbsent(call, name -> new Seen(new LongAdder(), now, new long[1]));
        seen.count().increment();
        seen.last()[0] = now;
    }

    /** Of each call since this was asked last: how often, first and last. */
    Map<String, long[]> fresh() {
        Map<String, long[]> all = new TreeMap<>();
        calls.forEach((name, seen) -> all.put(name, new long[] {seen.count().sum(), seen.first(), seen.last()[0]}));
        calls.clear();
        return all;
    }
}
