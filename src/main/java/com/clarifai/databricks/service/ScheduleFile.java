package com.clarifai.databricks.service;

import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file that outlives the service: the schedules that were made on the page, and of all schedules whether they rest and
 * how their latest run has ended. {@code {"made": {name: {command, options, every, cron}}, "paused": {name: true}, "runs":
 * {name: {runId, startedAt, endedAt, outcome, result}}}}. Safe for several threads of one process.
 */
public final class ScheduleFile {

    private static final String SETTING = "schedules.file";

    /** A schedule that was made on the page. */
    public record Made(String command, Map<String, Object> options, String every, String cron) {}

    /** The latest run of a schedule. {@code outcome} is RUNNING as long as it has not ended. */
    public record LatestRun(String runId, Instant startedAt, Instant endedAt, String outcome, String result) {}

    private final KeptJson file;
    private final Map<String, Object> made;
    private final Map<String, Object> paused;
    private final Map<String, Object> runs;

    private ScheduleFile(KeptJson file, Map<String, Object> content) {
        this.file = file;
        this.made = section(content, "made");
        this.paused = section(content, "paused");
        this.runs = section(content, "runs");
    }

    /** @throws InvalidSettingException when there is such a file that cannot be read */
    public static ScheduleFile of(Settings settings) {
        KeptJson file = KeptJson.of(settings, SETTING, "schedules", "schedules.json");
        return new ScheduleFile(file, file.read());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> content, String name) {
        return new TreeMap<>(content.get(name) instanceof Map<?, ?> section ? (Map<String, Object>) section : Map.of());
    }

    public synchronized Map<String, Made> made() {
        Map<String, Made> all = new TreeMap<>();
        made.keySet().forEach(name -> all.put(name, made(name)));
        return all;
    }

    @SuppressWarnings("unchecked")
    private Made made(String name) {
        Map<String, Object> kept = (Map<String, Object>) made.get(name);
        return new Made(
                text(kept, "command"),
                kept.get("options") instanceof Map<?, ?> options ? (Map<String, Object>) options : Map.of(),
                text(kept, "every"),
                text(kept, "cron"));
    }

    public synchronized boolean isPaused(String name) {
        return paused.containsKey(name);
    }

    /** @return null when it has not run yet, as far as is known */
    @SuppressWarnings("unchecked")
    public synchronized LatestRun run(String name) {
        if (!(runs.get(name) instanceof Map<?, ?> found)) {
            return null;
        }
        Map<String, Object> run = (Map<String, Object>) found;
        return new LatestRun(
                text(run, "runId"),
                time(run, "startedAt"),
                time(run, "endedAt"),
                text(run, "outcome"),
                text(run, "result"));
    }

    synchronized void put(String name, Made schedule) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("command", schedule.command());
        kept.put("options", schedule.options());
        kept.put("every", schedule.every());
        kept.put("cron", schedule.cron());
        made.put(name, kept);
        write();
    }

    synchronized void remove(String name) {
        made.remove(name);
        paused.remove(name);
        runs.remove(name);
        write();
    }

    synchronized void pause(String name, boolean rests) {
        if (rests) {
            paused.put(name, true);
        } else {
            paused.remove(name);
        }
        write();
    }

    synchronized void put(String name, LatestRun run) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("runId", run.runId());
        kept.put("startedAt", run.startedAt().toString());
        kept.put("endedAt", run.endedAt() == null ? null : run.endedAt().toString());
        kept.put("outcome", run.outcome());
        kept.put("result", run.result());
        runs.put(name, kept);
        write();
    }

    private void write() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("made", made);
        content.put("paused", paused);
        content.put("runs", runs);
        try {
            file.write(content);
        } catch (IOException e) {
            throw file.problem("write", "to", e);
        }
    }

    private static String text(Map<String, Object> map, String name) {
        return map.get(name) == null ? null : map.get(name).toString();
    }

    private static Instant time(Map<String, Object> map, String name) {
        return map.get(name) == null ? null : Instant.parse(map.get(name).toString());
    }
}
