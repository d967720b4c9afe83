package com.clarifai.databricks.databricks;

import java.time.Duration;
import java.time.Instant;

/**
 * How many calls at a time a service takes, found out from its refusals: one more for each that succeeds until the first
 * refusal, then additive increase and multiplicative decrease, as TCP does it.
 *
 * <p>A service that refuses wants to be left alone for a second or more, so the number that was refused is not tried again
 * at once, as plain AIMD would: the window stays one below it and tries more only from time to time, less and less often
 * when that is refused again. Not safe for several threads.
 */
final class CallWindow {

    private static final int START = 5;
    private static final double DECREASE = 0.7;
    /** Where the last one was not enough: what is refused is rather a number in a second than one at a time. */
    private static final double FURTHER_DECREASE = 0.5;

    private static final Duration RECENTLY = Duration.ofSeconds(3);
    /** A number in a second is noticed only when it has passed. */
    private static final Duration TRIAL = Duration.ofSeconds(2);

    private static final Duration FIRST_TRIAL = Duration.ofSeconds(5);
    private static final Duration LAST_TRIAL = Duration.ofMinutes(2);

    private final int most;
    private double limit;
    /** The most that were not refused, as far as is known. */
    private double ceiling;

    private boolean everRefused;
    private int decreases;
    private boolean trying;
    private Duration untilTrial = FIRST_TRIAL;
    private Instant nextTrial = Instant.EPOCH;
    private Instant lastDecrease = Instant.EPOCH;

    /** @param most at a time, whatever the service takes; at least 1 */
    CallWindow(int most) {
        this.most = most;
        this.limit = Math.min(START, most);
        this.ceiling = most;
    }

    /** Most calls at a time now; at least 1. */
    int limit() {
        return (int) limit;
    }

    /** Tells calls that began before the window was made smaller from later ones. */
    int decreases() {
        return decreases;
    }

    /** @param wanted calls under way or waiting; a window that is not used up has nothing to tell */
    void answered(int wanted, Instant now) {
        if (wanted < limit()) {
            return;
        }
        if (limit < ceiling) {
            limit = Math.min(ceiling, limit + (everRefused ? 1 / limit : 1));
        } else if (limit < most && !now.isBefore(nextTrial)) {
            untilTrial = trying ? FIRST_TRIAL : untilTrial;
            trying = true;
            nextTrial = now.plus(TRIAL);
            limit = Math.min(most, limit + 1);
            ceiling = limit;
        }
    }

    /**
     * @param inFlight with the one that was refused
     * @param begun what {@link #decreases} was when that call began: those of one burst make the window smaller once
     */
    void refused(int inFlight, int begun, Instant now) {
        if (begun < decreases) {
            ceiling = Math.max(limit, ceiling - 1);
            return;
        }
        double refused = Math.min(limit, inFlight);
        nextTrial = now.plus(untilTrial);
        untilTrial = doubled(untilTrial);
        trying = false;
        everRefused = true;
        decreases++;
        limit = Math.max(1, refused * (now.isBefore(lastDecrease.plus(RECENTLY)) ? FURTHER_DECREASE : DECREASE));
        ceiling = Math.max(limit, Math.min(refused - 1, limit / DECREASE));
        lastDecrease = now;
    }

    private static Duration doubled(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LAST_TRIAL) > 0 ? LAST_TRIAL : twice;
    }
}
