package com.clarifai.databricks.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Counts every call to the stand-ins and says how late they are answered and which of them are to go wrong. */
public final class Traffic {

    private record Planned(Fault fault, AtomicLong seen) {}

    private static final String CLARIFAI = "clarifai:";

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private volatile BusiestSecond clarifai = new BusiestSecond();
    private volatile Duration latency = Duration.ZERO;

    public void plan(Fault fault) {
        planned.add(new Planned(fault, new AtomicLong()));
    }

    public void clearFaults() {
        planned.clear();
    }

    /** Records a call such as {@code clarifai:PostInputs}; the first planned fault that is due is returned. */
    public Optional<Fault> call(String target) {
        return call(target, "");
    }

    /** @param path of the request, for faults of certain paths only */
    public Optional<Fault> call(String target, String path) {
        if (target.startsWith(CLARIFAI)) {
            clarifai.add(System.nanoTime());
        }
        counts.computeIfAbsent(target, t -> new AtomicLong()).incrementAndGet();
        for (Planned plan : planned) {
            if (plan.fault().matches(target, path)
                    && plan.fault().isDue(plan.seen().getAndIncrement())) {
                return Optional.of(plan.fault());
            }
        }
        return Optional.empty();
    }

    /** How long every answer is held back, as by a network. */
    public Duration latency() {
        return latency;
    }

    public void latency(Duration latency) {
        this.latency = latency;
    }

    /** Calls so far, by target, and as {@code busiest-second:clarifai} how many came to Clarifai within one second, at most, if any. */
    public Map<String, Long> counts() {
        Map<String, Long> snapshot = new TreeMap<>();
        counts.forEach((target, count) -> snapshot.put(target, count.get()));
        if (clarifai.most() > 0) {
            snapshot.put("busiest-second:clarifai", clarifai.most());
        }
        return snapshot;
    }

    public void clearCounts() {
        counts.clear();
        clarifai = new BusiestSecond();
    }
}
