package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.Services;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs flows undisturbed, then disturbed and once more in peace, and compares how they end; several at a time. */
final class DisturbedFlows {

    /** More than a run takes of which it is not known yet. */
    private static final int MOST_MILLIS = 300_000;

    /**
     * A run that nobody has disturbed.
     *
     * @param millis how long it took
     * @param state what it has left
     */
    private record Undisturbed(int millis, List<String> state) {}

    private final Services services;
    private final Sabotage sabotage;
    private final String name;
    private final Map<FaultFlow, Undisturbed> undisturbed = new ConcurrentHashMap<>();
    /** Written by those whose services go away, which the others would notice. */
    private final ReadWriteLock peace = new ReentrantReadWriteLock(true);

    DisturbedFlows(Services services, Sabotage sabotage) {
        this(services, sabotage, "f");
    }

    /** @param name what the names of its apps and schemas begin with, where several use the same services */
    DisturbedFlows(Services services, Sabotage sabotage, String name) {
        this.services = services;
        this.sabotage = sabotage;
        this.name = name;
    }

    private Undisturbed runInPeace(FaultFlow flow) {
        flow.prepareOnce(services.sandbox());
        Place place = place(flow, "calm");
        Runs runs = new Runs(services, flow, place, MOST_MILLIS);
        begin(flow, null, place, runs);
        long begin = System.nanoTime();
        runs.run(flow.command(place, "rows"));
        int millis = (int) ((System.nanoTime() - begin) / 1_000_000);
        List<String> state = flow.state(place);
        assertThat(state).as("what there is to compare").hasSizeGreaterThan(90);
        return new Undisturbed(millis, state);
    }

    private Place place(FaultFlow flow, String part) {
        return new Place(
                services.sandbox(),
                name + "-" + flow.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + part);
    }

    /** @param disturbance null when there will be none */
    private static void begin(FaultFlow flow, Disturbance disturbance, Place place, Runs runs) {
        flow.prepare(place);
        flow.before(place, disturbance).forEach(runs::run);
        flow.change(place);
    }

    Cell disturb(FaultFlow flow, Disturbance disturbance, long seed) {
        Lock lock = disturbance.endsServices() ? peace.writeLock() : peace.readLock();
        lock.lock();
        try {
            Undisturbed usual = undisturbed.computeIfAbsent(flow, this::runInPeace);
            Place place = place(flow, disturbance.title() + "-" + seed);
            Runs runs = new Runs(services, flow, place, usual.millis());
            try {
                return end(flow, disturbance, seed, place, runs, usual.state());
            } catch (IllegalStateException e) {
                return Cell.broken(flow, disturbance, seed, runs, e.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    private Cell end(
            FaultFlow flow, Disturbance disturbance, long seed, Place place, Runs runs, List<String> undisturbedState) {
        begin(flow, disturbance, place, runs);
        TreeSet<String> before = place.leftOvers();
        disturbance.disturb(runs, new Random(seed * 31 + flow.ordinal()));

        JsonNode summary = runs.run(flow.command(place, "rows"));
        sabotage.on(place);

        List<String> state = flow.state(place);
        List<String> expected = flow.expected(place, runs, undisturbedState);
        TreeSet<String> leftOver = place.leftOvers();
        leftOver.removeAll(before);
        return Cell.ended(flow, disturbance, seed, runs, summary, expected, state, runs.untold(List.copyOf(leftOver)));
    }
}
