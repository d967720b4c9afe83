package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.Services;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Runs flows undisturbed, then disturbed and once more in peace, and compares how they end. */
final class DisturbedFlows {

    /** More than a run takes of which it is not known yet. */
    private static final int MOST_MILLIS = 300_000;

    private final Services services;
    private final Sabotage sabotage;
    private final Map<FaultFlow, List<String>> undisturbed = new EnumMap<>(FaultFlow.class);
    private final Map<FaultFlow, Integer> usualMillis = new EnumMap<>(FaultFlow.class);

    DisturbedFlows(Services services, Sabotage sabotage) {
        this.services = services;
        this.sabotage = sabotage;
    }

    /** Runs a flow that nobody disturbs, which is what its cells are compared with. */
    void runInPeace(FaultFlow flow) {
        flow.prepareOnce(services.sandbox());
        Place place = place(flow, "calm");
        Runs runs = new Runs(services, flow, place, MOST_MILLIS);
        begin(flow, place, runs);
        long begin = System.nanoTime();
        runs.run(flow.command(place, "rows"));
        usualMillis.put(flow, (int) ((System.nanoTime() - begin) / 1_000_000));
        undisturbed.put(flow, flow.state(place));
        assertThat(undisturbed.get(flow)).as("what there is to compare").hasSizeGreaterThan(90);
    }

    private Place place(FaultFlow flow, String name) {
        return new Place(
                services.sandbox(), "f-" + flow.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + name);
    }

    private static void begin(FaultFlow flow, Place place, Runs runs) {
        flow.prepare(place);
        flow.before(place).forEach(runs::run);
        flow.change(place);
    }

    Cell disturb(FaultFlow flow, Disturbance disturbance, long seed) {
        Place place = place(flow, disturbance.title() + "-" + seed);
        Runs runs = new Runs(services, flow, place, usualMillis.get(flow));
        try {
            return end(flow, disturbance, seed, place, runs);
        } catch (IllegalStateException e) {
            return Cell.broken(flow, disturbance, seed, runs, e.getMessage());
        }
    }

    private Cell end(FaultFlow flow, Disturbance disturbance, long seed, Place place, Runs runs) {
        begin(flow, place, runs);
        TreeSet<String> before = place.leftOvers();
        disturbance.disturb(runs, new Random(seed * 31 + flow.ordinal()));

        JsonNode summary = runs.run(flow.command(place, "rows"));
        sabotage.on(place);

        List<String> state = flow.state(place);
        List<String> expected = flow.expected(place, runs, undisturbed.get(flow));
        TreeSet<String> leftOver = place.leftOvers();
        leftOver.removeAll(before);
        return Cell.ended(flow, disturbance, seed, runs, summary, expected, state, runs.untold(List.copyOf(leftOver)));
    }
}
