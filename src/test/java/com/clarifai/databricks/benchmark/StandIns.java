package com.clarifai.databricks.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** The stand-ins of the benchmark, as a process that ends with its standard input. */
final class StandIns implements AutoCloseable {

    private final Traffic traffic = new Traffic();
    private final DryClarifai clarifai;
    private final DryWorkspace workspace;
    private final Load load;

    StandIns(Load load) {
        this.load = load;
        this.workspace = new DryWorkspace(load, traffic);
        this.clarifai = new DryClarifai(load, traffic, workspace.images());
    }

    Traffic traffic() {
        return traffic;
    }

    /** What the application needs to know to work with them, at the rate that they allow. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("databricks.host", workspace.url());
        settings.put("databricks.storage-endpoint", workspace.url());
        settings.put("databricks.token", DryWorkspace.TOKEN);
        settings.put("databricks.warehouse-id", DryWorkspace.WAREHOUSE);
        settings.put("clarifai.base-url", clarifai.url());
        settings.put("clarifai.data-host", workspace.url());
        settings.put("clarifai.pat", "benchmark");
        settings.put("clarifai.requests-per-second", String.valueOf(load.requestsPerSecond()));
        return settings;
    }

    @Override
    public void close() {
        clarifai.close();
        workspace.close();
    }

    /** Prints the settings, a line each, and an empty line. */
    public static void main(String[] arguments) throws Exception {
        try (StandIns standIns = new StandIns(Load.of(Load.options(arguments)))) {
            standIns.settings().forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println();
            System.in.transferTo(System.out);
        }
        System.exit(0);
    }
}
