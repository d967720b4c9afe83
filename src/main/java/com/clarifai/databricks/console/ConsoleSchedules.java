package com.clarifai.databricks.console;

import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** The schedules by the API. */
public final class ConsoleSchedules {

    private final Schedules schedules;
    private final ConsoleRuns runs;

    ConsoleSchedules(Schedules schedules, ConsoleRuns runs) {
        this.schedules = schedules;
        this.runs = runs;
    }

    public Map<String, Object> all() {
        return Map.of("items", schedules.all());
    }

    public Map<String, Object> create(@Body Map<String, Object> fields) {
        return schedules.create(fields);
    }

    public Map<String, Object> replace(@Header("name") String name, @Body Map<String, Object> fields) {
        return schedules.replace(name, fields);
    }

    public Map<String, Object> delete(@Header("name") String name) {
        schedules.delete(name);
        return Map.of("name", name);
    }

    public Map<String, Object> pause(@Header("name") String name) {
        return schedules.pause(name);
    }

    public Map<String, Object> resume(@Header("name") String name) {
        return schedules.resume(name);
    }

    /** A run of its flow now, with its parameters. */
    public ConsoleRun open(@Header("name") String name) {
        ConsoleRun run = runs.open(schedules.start(name));
        run.whenChanged(() -> schedules.ran(name, run));
        return run;
    }
}
