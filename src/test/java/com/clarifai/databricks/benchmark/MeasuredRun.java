package com.clarifai.databricks.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of the distribution as a whole process, beside stand-ins of its own. Needs Linux, for {@code /proc}.
 *
 * @param seconds from the start of the process to its end
 * @param cpuSeconds of the process, a tenth of a second before its end at the latest
 * @param peakMegabytes the largest resident set
 * @param beforeFirst seconds from the start to the first call that moves inputs
 * @param sinceSql seconds from the first statement to that call
 * @param afterLast seconds from the last such call to the end
 * @param calls how often each call has reached the stand-ins
 * @param timeline the first and the last calls, each with its time in seconds from the start
 */
record MeasuredRun(
        double seconds,
        double cpuSeconds,
        long peakMegabytes,
        double beforeFirst,
        double sinceSql,
        double afterLast,
        Map<String, Long> calls,
        List<String> timeline) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MOVING = List.of("PostInputs", "ListDatasetInputs");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+)");
    private static final double TICKS = 100;

    /**
     * @param home the distribution
     * @param commands run one after the other; the last is measured
     */
    static MeasuredRun of(Path home, Load load, Map<String, String> settings, List<List<String>> commands)
            throws IOException, InterruptedException {
        Process standIns = new ProcessBuilder(standIns(load))
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            Properties all = new Properties();
            all.putAll(endpoints(standIns));
            all.putAll(settings);
            MeasuredRun last = null;
            for (List<String> command : commands) {
                last = run(home, all, command);
            }
            return last;
        } finally {
            standIns.getOutputStream().close();
            standIns.waitFor(10, TimeUnit.SECONDS);
            standIns.destroyForcibly();
        }
    }

    private static List<String> standIns(Load load) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx3g",
                // otherwise Java's server waits 40 ms before each answer
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                StandIns.class.getName()));
        command.addAll(load.arguments());
        return command;
    }

    private static Map<String, String> endpoints(Process standIns) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(standIns.getInputStream()));
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.isEmpty(); line = out.readLine()) {
            lines.add(line);
        }
        return Load.options(lines.toArray(String[]::new));
    }

    private static MeasuredRun run(Path home, Properties settings, List<String> arguments)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("benchmark");
        Path config = folder.resolve("settings");
        try (Writer writer = Files.newBufferedWriter(config)) {
            settings.store(writer, null);
        }
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/databricks-connect").toString(), "--config", config.toString()));
        command.addAll(arguments);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.environment().put("CONNECTION_FILE", folder.resolve("none").toString());
        long began = System.currentTimeMillis();
        Process process = builder.start();
        double cpu = 0;
        long peak = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            cpu = Math.max(cpu, cpu(process.pid()));
            peak = Math.max(peak, peak(process.pid()));
        }
        long ended = System.currentTimeMillis();
        if (process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(err));
        }
        JsonNode traffic = fresh(settings, "traffic");
        JsonNode events = fresh(settings, "events");
        Map<String, Long> calls = new TreeMap<>();
        traffic.properties()
                .forEach(call -> calls.put(call.getKey(), call.getValue().get(0).asLong()));
        String moving = MOVING.stream().filter(traffic::has).findFirst().orElseThrow();
        long first = traffic.get(moving).get(1).asLong();
        long sql = traffic.get("SQL DESCRIBE").get(1).asLong();
        return new MeasuredRun(
                (ended - began) / 1000.0,
                cpu,
                peak / 1024,
                (first - began) / 1000.0,
                (first - sql) / 1000.0,
                (ended - traffic.get(moving).get(2).asLong()) / 1000.0,
                calls,
                timeline(events, began));
    }

    /** The first and the last calls, a line each, those of the same kind that follow one another together, in seconds from the start. */
    private static List<String> timeline(JsonNode events, long began) {
        List<String> lines = new ArrayList<>();
        for (int i = 0, next; i < events.size(); i = next) {
            JsonNode first = events.get(i);
            for (next = i + 1; next < events.size() && sameCall(first, events.get(next)); ) {
                next++;
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%6.2f to %6.2f %s, %d",
                    seconds(first, began),
                    seconds(events.get(next - 1), began),
                    first.path("call").asText(),
                    next - i));
        }
        return lines;
    }

    private static boolean sameCall(JsonNode one, JsonNode other) {
        return one.path("call").equals(other.path("call"));
    }

    private static double seconds(JsonNode event, long began) {
        return (event.path("millis").asLong() - began) / 1000.0;
    }

    private static double cpu(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // after the command, which stands in brackets: the 12th and 13th
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
        } catch (java.nio.file.NoSuchFileException e) {
            return 0; // it has just ended
        }
    }

    private static long peak(long pid) throws IOException {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        }
    }

    private static JsonNode fresh(Properties settings, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(settings.getProperty("databricks.host") + "/benchmark/new-" + what))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }
}
