package com.clarifai.databricks.console;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.google.common.base.CaseFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A run that the console has started, from the moment it was asked for until it is forgotten. Safe for several threads. */
public final class ConsoleRun implements ShownRun {

    enum Status {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    private static final Set<Status> ENDED = EnumSet.of(Status.COMPLETED, Status.FAILED, Status.CANCELLED);

    private final FlowStart start;
    private final Run run;
    private final Instant requestedAt = Instant.now();
    private volatile Instant startedAt;
    private volatile Instant endedAt;
    private volatile Status status = Status.QUEUED;
    private volatile String error;
    private volatile Runnable observer = () -> {};

    ConsoleRun(FlowStart start, Run run) {
        this.start = start;
        this.run = run;
    }

    /** Has somebody told when it begins and when it ends. */
    void whenChanged(Runnable told) {
        observer = told;
    }

    @Override
    public String id() {
        return run.id();
    }

    @Override
    public FlowStart start() {
        return start;
    }

    public Run run() {
        return run;
    }

    /** Whether it has ended, and how; null as long as it has not. */
    public String outcome() {
        return hasEnded() ? status.name() : null;
    }

    /** What went wrong; null when nothing did. */
    public String error() {
        return error;
    }

    @Override
    public boolean hasEnded() {
        return ENDED.contains(status);
    }

    void begin() {
        startedAt = Instant.now();
        status = Status.RUNNING;
        observer.run();
    }

    void end(Status how, String problem) {
        error = problem;
        endedAt = Instant.now();
        status = how;
        observer.run();
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id());
        map.put("command", start.command());
        map.put("flow", start.flow());
        map.put("commandLine", start.commandLine());
        map.put("options", start.options());
        map.put("status", status.name());
        map.put("cancelling", run.isCancelled() && !hasEnded());
        map.put("phase", run.phase().name());
        map.put("requestedAt", requestedAt.toString());
        map.put("startedAt", text(startedAt));
        map.put("endedAt", text(endedAt));
        map.put("seconds", seconds());
        map.put("counts", counts());
        map.put("progress", status == Status.RUNNING ? run.progress().toMap() : null);
        map.put("notes", run.notes().lines().stream().map(PageWords::of).toList());
        map.put("error", error);
        map.put("rejected", run.get(Count.REJECTED));
        map.put("dryRun", start.isDryRun());
        map.put("tables", start.tables());
        return map;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private double seconds() {
        if (startedAt == null) {
            return 0;
        }
        Instant until = endedAt == null ? Instant.now() : endedAt;
        return Duration.between(startedAt, until).toMillis() / 1000.0;
    }

    private Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            if (run.get(count) > 0 || run.reports(count)) {
                counts.put(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, count.name()), run.get(count));
            }
        }
        return counts;
    }
}
