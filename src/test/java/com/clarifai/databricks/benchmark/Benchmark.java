package com.clarifai.databricks.benchmark;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Measures the flows of the distribution beside stand-ins that cost almost nothing an input. See {@code docs/speed.md}.
 *
 * <p>Arguments, as {@code name=value}: {@code flows} (csv, delta, volume, direct, by-url, export, images, update; direct
 * and by-url are imports of a volume that reads its pictures from the cloud, or has Clarifai read them, and images is an
 * export that writes the images to a volume, too), {@code sizes}, {@code runs}
 * (how often each), {@code timeline} (with any value: the first and last calls are printed, too), {@code floors} (no: only the flow), and those of
 * {@link Load}; further ones with a dot in their name are settings of the application.
 */
final class Benchmark {

    private static final double BATCH = 128;
    /** Most that one request lists. */
    private static final double PAGE = 1000;

    private static final int RATE = 15;
    private static final long ARCHIVE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Path home = Path.of(System.getProperty("databricks.connect.home"));
    private final Map<String, String> settings = new HashMap<>();
    private final Load load;
    private final boolean timeline;
    private final boolean floors;

    private Benchmark(Map<String, String> options) {
        this.load = Load.of(options);
        this.timeline = options.containsKey("timeline");
        this.floors = !options.getOrDefault("floors", "yes").equals("no");
        options.forEach((name, value) -> {
            if (name.contains(".")) {
                settings.put(name, value);
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Load.options(arguments);
        Benchmark benchmark = new Benchmark(options);
        benchmark.awaitArchive();
        for (String flow :
                options.getOrDefault("flows", "csv,volume,export,update").split(",")) {
            for (String size : options.getOrDefault("sizes", "1000,10000").split(",")) {
                for (int runs = Integer.parseInt(options.getOrDefault("runs", "1")); runs > 0; runs--) {
                    benchmark.measure(flow, benchmark.load.withInputs(Integer.parseInt(size)));
                }
            }
        }
        System.exit(0);
    }

    /** The first start of all makes the archive of the classes, in the background; without it every start takes twice as long. */
    private void awaitArchive() throws IOException, InterruptedException {
        new ProcessBuilder(home.resolve("bin/databricks-connect").toString(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
        Path making = home.resolve("lib/databricks-connect.jsa.making");
        for (long until = System.nanoTime() + ARCHIVE_NANOS; Files.exists(making) && System.nanoTime() < until; ) {
            Thread.sleep(100);
        }
    }

    private void measure(String flow, Load load) throws Exception {
        MeasuredRun run = MeasuredRun.of(
                home,
                load,
                settings,
                flow.equals("update") ? List.of(arguments("export"), arguments(flow)) : List.of(arguments(flow)));
        print(flow, load, run);
        if (timeline) {
            run.timeline().forEach(line -> System.out.println("    " + line));
        }
        if (floors) {
            Floor.print(flow, load);
        }
    }

    static List<String> arguments(String flow) {
        List<String> app = List.of("--app=bench", "--dataset=bench");
        return switch (flow) {
            case "csv" ->
                concat(List.of("import", "csv", DryWorkspace.CSV, "--json", "--table=main.default.tracking"), app);
            case "delta" ->
                concat(List.of("import", "delta", "main.default.rows", "--json", "--table=main.default.tracking"), app);
            case "volume", "direct", "by-url" ->
                concat(
                        List.of(
                                "import",
                                "volume",
                                "--json",
                                "--transfer=" + (flow.equals("volume") ? "files-api" : flow),
                                "--catalog=main",
                                "--schema=default",
                                "--volume=photos",
                                "--table=main.default.tracking"),
                        app);
            case "export", "update" -> concat(dataset(flow), app);
            case "images" ->
                concat(
                        concat(
                                dataset("export"),
                                List.of("--images", "--catalog=main", "--schema=default", "--volume=images")),
                        app);
            default ->
                throw new IllegalArgumentException(
                        "flows: csv, delta, volume, direct, by-url, export, images or update, not " + flow);
        };
    }

    private static List<String> dataset(String flow) {
        return List.of(
                flow, "--json", "--inputs-table=main.default.inputs", "--annotations-table=main.default.annotations");
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static void print(String flow, Load load, MeasuredRun run) throws IOException {
        double inputs = load.inputs();
        double perSecond = inputs / run.seconds();
        double ceiling = List.of("export", "images", "update").contains(flow) ? RATE * PAGE : RATE * BATCH;
        System.out.printf(
                Locale.ROOT,
                "%s, %d inputs, %s: %.1f s, %.0f inputs/s (%.0f %% of %.0f/s), CPU %.2f s per 1000, peak %d MB,"
                        + " first after %.1f s (%.1f s after SQL), last %.1f s before the end; %.0f inputs/s in between%n",
                flow,
                load.inputs(),
                load.requestsPerSecond() == 0 ? "no limit" : load.requestsPerSecond() + "/s",
                run.seconds(),
                perSecond,
                100 * perSecond / ceiling,
                ceiling,
                1000 * run.cpuSeconds() / inputs,
                run.peakMegabytes(),
                run.beforeFirst(),
                run.sinceSql(),
                run.afterLast(),
                inputs / (run.seconds() - run.beforeFirst() - run.afterLast()));
        System.out.println("    calls of Clarifai per 1000 inputs: " + calls(run, inputs, true));
        System.out.println("    calls of the workspace: " + calls(run, 1000, false));
    }

    private static String calls(MeasuredRun run, double per, boolean clarifai) {
        List<Map.Entry<String, Long>> calls = run.calls().entrySet().stream()
                .filter(call -> clarifai != call.getKey().contains(" "))
                .toList();
        double all = calls.stream().mapToLong(Map.Entry::getValue).sum();
        return String.format(Locale.ROOT, "%.1f: ", 1000 * all / per)
                + calls.stream()
                        .map(call -> String.format(Locale.ROOT, "%s %.1f", call.getKey(), 1000 * call.getValue() / per))
                        .collect(Collectors.joining(", "));
    }
}
