package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.run.Progress;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.json.JsonText;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Shows on standard error how far a run is: one line that changes on a terminal; else a line every ten seconds, which for
 * programs that ask for JSON is an object.
 */
final class ProgressDisplay implements AutoCloseable {

    /** Set by the start script when standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "databricks.connect.terminal";

    private static final int BAR_MILLIS = 200;
    private static final int LINE_MILLIS = 10_000;
    private static final int BAR_WIDTH = 20;

    private final Run run;
    private final PrintStream err;
    private final boolean json;
    private final ProgressBar bar;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressDisplay(Run run, PrintStream err, boolean json, ProgressBar bar) {
        this.run = run;
        this.err = err;
        this.json = json;
        this.bar = bar;
    }

    static ProgressDisplay start(Run run, boolean json) {
        if (Boolean.getBoolean(TERMINAL_PROPERTY)) {
            return new ProgressDisplay(run, System.err, json, bar(run));
        }
        ProgressDisplay display = new ProgressDisplay(run, System.err, json, null);
        display.timer.scheduleAtFixedRate(
                () -> display.err.println(line(run, json)), LINE_MILLIS, LINE_MILLIS, TimeUnit.MILLISECONDS);
        return display;
    }

    /** It is the run that is asked, each time: the bar's own numbers are of no use for phases that differ. */
    private static ProgressBar bar(Run run) {
        return new ProgressBarBuilder()
                .setInitialMax(-1)
                .setUpdateIntervalMillis(BAR_MILLIS)
                .continuousUpdate()
                .setRenderer((state, width) -> rendered(run.progress(), width))
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** For those who read lines. */
    static String line(Run run, boolean json) {
        Progress progress = run.progress();
        return json ? JsonText.of(Map.of("runId", run.id(), "progress", progress.toMap())) : progress.line();
    }

    /** With a bar where it is known how much there is to do, and no longer than a line of the terminal. */
    static String rendered(Progress progress, int width) {
        String line = progress.line();
        if (progress.of() > 0) {
            int full = (int) Math.min(BAR_WIDTH, BAR_WIDTH * progress.done() / progress.of());
            line = "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] " + line;
        } else {
            line = progress.inPhase().toSeconds() + "s " + line;
        }
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (bar != null) {
            bar.close();
        }
    }
}
