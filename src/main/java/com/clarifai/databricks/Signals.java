package com.clarifai.databricks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import sun.misc.Signal;

/**
 * Ends the process within a bounded time after SIGTERM or SIGINT, even if something hangs, and at once after the second one.
 *
 * <p>Without this a JVM waits for its shutdown hooks as long as they take, and takes no notice of further signals.
 */
final class Signals {

    /** Beyond camel.main.shutdownTimeout, for the end of a run to be recorded; process managers often kill after 30 s. */
    static final Duration LIMIT = Duration.ofSeconds(27);

    private static final AtomicBoolean RECEIVED = new AtomicBoolean();

    private Signals() {}

    /**
     * @param limit from the first signal on, for what is in hand
     * @param inHand what that is, in words; empty when nothing is
     */
    static void handle(Duration limit, Supplier<String> inHand) {
        for (String name : new String[] {"TERM", "INT"}) {
            try {
                Signal.handle(new Signal(name), signal -> received(signal, limit, inHand));
            } catch (IllegalArgumentException e) {
                // a JVM that was started with -Xrs leaves signals to the system, which ends it at once
            }
        }
    }

    private static void received(Signal signal, Duration limit, Supplier<String> inHand) {
        int exitCode = 128 + signal.getNumber();
        if (!RECEIVED.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(exitCode);
        }
        System.err.println(answer(inHand.get(), limit));
        start("limit of the stop", () -> haltAfter(limit, signal, exitCode));
        start("stop by signal", () -> System.exit(exitCode));
    }

    /** On a line of its own: a terminal may show progress on the one before. */
    static String answer(String inHand, Duration limit) {
        return System.lineSeparator() + "stopping: what is in hand is finished"
                + (inHand.isEmpty() ? "" : " (" + inHand + ")") + ", for " + limit.toSeconds()
                + " seconds at most; another signal stops at once, which is safe, too: the next run completes it";
    }

    private static void haltAfter(Duration limit, Signal signal, int exitCode) {
        try {
            TimeUnit.SECONDS.sleep(limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println("error: " + signal + ", and what is waited for has not come within " + limit.toSeconds()
                + " seconds; stopped all the same, run it again to complete it");
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
