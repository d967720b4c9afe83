package com.clarifai.databricks.delta;

import java.time.Instant;
import java.util.function.Supplier;

/** Tells of the statements that a thread runs until this is closed whether, and when, those for whom they are
 * run have been asked to stop. */
public final class StopSignal implements AutoCloseable {

    private static final Supplier<Instant> NEVER = () -> null;
    private static final ThreadLocal<Supplier<Instant>> CURRENT = ThreadLocal.withInitial(() -> NEVER);

    private final Supplier<Instant> before;

    private StopSignal(Supplier<Instant> before) {
        this.before = before;
    }

    /** @param stop when that was, null while it was not; asked by other threads, about once a second */
    public static StopSignal during(Supplier<Instant> stop) {
        StopSignal signal = new StopSignal(CURRENT.get());
        CURRENT.set(stop);
        return signal;
    }

    static Supplier<Instant> current() {
        return CURRENT.get();
    }

    @Override
    public void close() {
        if (before == NEVER) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }
}
