package com.clarifai.databricks.service;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunListener;
import com.clarifai.databricks.model.CallListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a service measures, beside Camel's own numbers of routes: {@code databricks.connect.items}, {@code .bytes},
 * {@code .runs}, {@code .runs.active}, {@code .inputs.waiting} by flow, {@code .calls}, {@code .retries} and
 * {@code .throttles} by service.
 */
public final class ServiceMetrics implements RunListener {

    private static final String PREFIX = "databricks.connect.";
    private static final String FLOW = "flow";
    private static final String SERVICE = "service";

    private final MeterRegistry registry;
    private final Set<Run> active = ConcurrentHashMap.newKeySet();

    public ServiceMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void began(Run run) {
        active.add(run);
        Gauge.builder(PREFIX + "runs.active", () -> active(run.flow()))
                .description("Runs under way")
                .tag(FLOW, run.flow())
                .register(registry);
        Gauge.builder(PREFIX + "inputs.waiting", () -> waiting(run.flow()))
                .description("Inputs that are planned and have not been sent yet")
                .tag(FLOW, run.flow())
                .register(registry);
    }

    private long active(String flow) {
        return active.stream().filter(run -> run.flow().equals(flow)).count();
    }

    private long waiting(String flow) {
        return active.stream()
                .filter(run -> run.flow().equals(flow))
                .mapToLong(run -> Math.max(0, run.planned() - run.uploaded()))
                .sum();
    }

    @Override
    public void counted(Run run, Count count, long number) {
        registry.counter(
                        PREFIX + "items",
                        FLOW,
                        run.flow(),
                        "count",
                        count.name().toLowerCase(Locale.ROOT))
                .increment(number);
    }

    @Override
    public void sent(Run run, long bytes) {
        registry.counter(PREFIX + "bytes", FLOW, run.flow()).increment(bytes);
    }

    @Override
    public void ended(Run run) {
        active.remove(run);
        String outcome = run.phase() == Run.Phase.DONE ? "completed" : "failed";
        registry.timer(PREFIX + "runs", FLOW, run.flow(), "outcome", outcome).record(run.age());
    }

    /** For the requests to one service. */
    public CallListener calls(String service) {
        return new CallListener() {
            @Override
            public void answered(String call, Duration took, String failure) {
                String outcome = failure == null ? "success" : failure.toLowerCase(Locale.ROOT);
                registry.timer(PREFIX + "calls", SERVICE, service, "call", call, "outcome", outcome)
                        .record(took);
                if (THROTTLED.equals(failure)) {
                    registry.counter(PREFIX + "throttles", SERVICE, service).increment();
                }
            }

            @Override
            public void repeated() {
                registry.counter(PREFIX + "retries", SERVICE, service).increment();
            }
        };
    }
}
