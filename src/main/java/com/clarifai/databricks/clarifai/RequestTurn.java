package com.clarifai.databricks.clarifai;

import java.util.concurrent.TimeUnit;

/**
 * Which one this client is of several, on machines of their own, that keep one limit together: each sends at times of its own,
 * by the clock, that follow each other at even distances. So they need not know of each other, as many as there are, and what
 * takes the place of one that is gone takes its times, and nothing more.
 *
 * <p>The times are a twelfth further apart than the limit asks for, so that clocks that differ and requests that arrive late,
 * by 60 ms more than others, do not make a second exceed it.
 *
 * @param own from 0
 * @param all how many there are
 */
public record RequestTurn(int own, int all) {

    /** Of a client that has the limit for itself. */
    public static final RequestTurn ALONE = new RequestTurn(0, 1);

    private static final double MARGIN = 1.08;
    /** What leaves later than this after its time would come too close to the next one's: it waits for its next time. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(20);

    public RequestTurn {
        if (own < 0 || own >= all) {
            throw new IllegalArgumentException("there is no turn " + own + " of " + all);
        }
    }

    boolean isAlone() {
        return all == 1;
    }

    /**
     * The next time at or after another one.
     *
     * @param requestsPerSecond of all together
     * @param time nanoseconds since 1970
     */
    long atOrAfter(long time, double requestsPerSecond) {
        long step = (long) Math.ceil(TimeUnit.SECONDS.toNanos(1) * MARGIN / requestsPerSecond);
        long round = step * all;
        long since = Math.floorMod(time - step * own, round);
        return since == 0 ? time : time + round - since;
    }

    /** Whether what was to leave so long ago still may. */
    boolean isInTime(long late) {
        return late <= LATE;
    }
}
