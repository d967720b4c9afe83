package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Run.Phase;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far a run is: a bar on a terminal, a plain line every ten seconds otherwise. */
final class ProgressDisplay implements AutoCloseable {

    /** Set by the start script when standard error is a terminal. */
    private static final String TERMINAL_PROPERTY = "databricks.connect.terminal";

    private static final int BAR_MILLIS = 200;
    private static final int LINE_MILLIS = 10_000;

    private final Run run;
    private final PrintStream err;
    private final ProgressBar bar;
    private long uploadingSince;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressDisplay(Run run, PrintStream err, ProgressBar bar) {
        this.run = run;
        this.err = err;
        this.bar = bar;
    }

    static ProgressDisplay start(Run run) {
        boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
        ProgressDisplay display = new ProgressDisplay(run, System.err, terminal ? bar(run) : null);
        int period = terminal ? BAR_MILLIS : LINE_MILLIS;
        display.timer.scheduleAtFixedRate(display::show, period, period, TimeUnit.MILLISECONDS);
        return display;
    }

    private static ProgressBar bar(Run run) {
        return new ProgressBarBuilder()
                .setTaskName(run.flow())
                .setInitialMax(-1)
                .setUpdateIntervalMillis(BAR_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    private synchronized void show() {
        Phase phase = run.phase();
        boolean uploading = phase == Phase.UPLOADING || phase == Phase.DONE && run.planned() > 0;
        if (uploading && uploadingSince == 0) {
            uploadingSince = System.nanoTime();
            if (bar != null) {
                // the time left is worked out from here
                bar.reset();
            }
        }
        String title = phase.name().toLowerCase(Locale.ROOT);
        if (bar == null) {
            err.println(uploading ? uploadLine(title) : readLine(title));
            return;
        }
        bar.setExtraMessage(" " + title);
        if (uploading) {
            bar.maxHint(run.planned());
            bar.stepTo(run.uploaded());
        } else {
            bar.stepTo(read());
        }
    }

    /** Rows of a source, or inputs of a dataset. */
    private long read() {
        return run.get(Count.READ) + run.get(Count.INPUTS);
    }

    private String readLine(String title) {
        long annotations = run.get(Count.ANNOTATIONS);
        String line = String.format(Locale.ROOT, "%s: %,d read", title, read());
        return annotations == 0 ? line : line + String.format(Locale.ROOT, ", %,d annotations", annotations);
    }

    private String uploadLine(String title) {
        String counts = String.format(Locale.ROOT, "%s: %,d of %,d inputs", title, run.uploaded(), run.planned());
        double seconds = (System.nanoTime() - uploadingSince) / 1e9;
        double rate = run.uploaded() / seconds;
        long left = run.planned() - run.uploaded();
        if (seconds < 1 || rate == 0 || left == 0) {
            // too early, or too late, for a rate that means something
            return counts;
        }
        return String.format(Locale.ROOT, "%s, %.0f/s, %s left", counts, rate, time((long) (left / rate)));
    }

    private static String time(long seconds) {
        return Duration.ofSeconds(seconds).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (bar != null) {
            show();
            bar.close();
        }
    }
}
