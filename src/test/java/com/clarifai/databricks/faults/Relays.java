package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.Sandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A relay in front of each service that the application connects to. */
final class Relays implements AutoCloseable {

    private static final List<String> SERVICES = List.of("databricks.host", "clarifai.base-url", "s3.endpoint");

    private final Map<String, FaultyRelay> relays = new LinkedHashMap<>();

    Relays(Sandbox sandbox, NetworkFault fault, Random random) {
        SERVICES.forEach(
                service -> relays.put(service, new FaultyRelay(sandbox.setting(service), fault, random.nextLong())));
    }

    /** What leads the application through them. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        relays.forEach((service, relay) -> settings.put(service, relay.url()));
        return settings;
    }

    int faults() {
        return relays.values().stream().mapToInt(FaultyRelay::faults).sum();
    }

    @Override
    public void close() {
        relays.values().forEach(FaultyRelay::close);
    }
}
