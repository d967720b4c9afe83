package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.ConnectProcess;
import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.it.Sandbox;
import com.clarifai.databricks.it.Services;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The processes of one cell of the suite. */
final class Runs implements Calm {

    /** Longer than all that a run may wait for. */
    private static final long LIMIT_MINUTES = 8;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    /** A run that was killed keeps others out for so long, or for as long as a run takes on a machine that is slower. */
    private static final int LEAST_LEASE_SECONDS = 20;

    private static final String OF_ANOTHER = " has been working on ";

    private final Services services;
    private final FaultFlow flow;
    private final Place place;
    private final int usualMillis;
    private final List<Result> results = new ArrayList<>();
    private int processes;
    private int hung;
    private int faults;
    private boolean killed;

    /** @param usualMillis how long a run takes that nobody disturbs */
    Runs(Services services, FaultFlow flow, Place place, int usualMillis) {
        this.services = services;
        this.flow = flow;
        this.place = place;
        this.usualMillis = usualMillis;
    }

    Services services() {
        return services;
    }

    Place place() {
        return place;
    }

    int usualMillis() {
        return usualMillis;
    }

    int processes() {
        return processes;
    }

    int hung() {
        return hung;
    }

    int faults() {
        return faults;
    }

    void happened(int number) {
        faults += number;
    }

    ConnectProcess start(String table, Map<String, String> environment) {
        return start(List.of(), table, environment);
    }

    ConnectProcess start(List<String> launcher, String table, Map<String, String> environment) {
        return start(launcher, environment, Map.of(), flow.command(place, table));
    }

    ConnectProcess startThrough(Relays relays, String table, Map<String, String> environment) {
        return start(List.of(), environment, relays.settings(), flow.command(place, table));
    }

    private ConnectProcess start(
            List<String> launcher,
            Map<String, String> environment,
            Map<String, String> settings,
            List<String> command) {
        Map<String, String> all =
                new HashMap<>(Map.of("runs.history", "true", "runs.lease", lease(), "runs.renewal", "8s"));
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--json");
        processes++;
        Sandbox sandbox = services.sandbox();
        return ConnectProcess.start(
                launcher,
                ConnectProcess.home(),
                environment,
                sandbox.settingsWith(all),
                arguments.toArray(String[]::new));
    }

    private String lease() {
        return Math.max(LEAST_LEASE_SECONDS, usualMillis / 1_000) + " SECONDS";
    }

    /** Or until it has ended. */
    void waitMillis(ConnectProcess process, int millis) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofMillis(Math.max(100, millis)))
                    .pollDelay(Duration.ZERO)
                    .until(() -> !process.isAlive());
        } catch (ConditionTimeoutException e) {
            // it is in the middle of something
        }
    }

    void await(ConnectProcess process) {
        try {
            results.add(process.waitFor(LIMIT_MINUTES));
        } catch (IllegalStateException e) {
            hung++;
        }
    }

    /** The services are away for some seconds while it runs. */
    void restartedBeside(ConnectProcess process) {
        services.restart();
        await(process);
    }

    void killed(ConnectProcess process) {
        process.kill();
        killed = true;
        await(process);
    }

    void terminated(ConnectProcess process) {
        process.terminate();
        try {
            Awaitility.await().atMost(STOP_LIMIT).until(() -> !process.isAlive());
        } catch (ConditionTimeoutException e) {
            hung++;
            killed(process);
            return;
        }
        await(process);
    }

    /** Of what is still there, what no run has told about: one that was killed could not. */
    long untold(List<String> leftOvers) {
        return killed
                ? 0
                : leftOvers.stream()
                        .filter(name -> results.stream()
                                .noneMatch(result -> result.err().contains(name)))
                        .count();
    }

    /** As soon as no lock of a run that was killed is in the way. */
    @Override
    public Result attempt(List<String> command) {
        Result[] last = new Result[1];
        Awaitility.await()
                .atMost(Duration.ofMinutes(LIMIT_MINUTES))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> {
                    last[0] = start(List.of(), Map.of(), Map.of(), command).waitFor(LIMIT_MINUTES);
                    return !last[0].err().contains(OF_ANOTHER);
                });
        return last[0];
    }

    @Override
    public JsonNode run(List<String> command) {
        Result result = attempt(command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(
                    "a run that nobody disturbed ended with " + result.exitCode() + ": " + result.err());
        }
        try {
            return new ObjectMapper().readTree(result.out());
        } catch (IOException e) {
            throw new UncheckedIOException(result.out(), e);
        }
    }
}
