package com.clarifai.databricks.flow.run;

import com.google.common.base.Throwables;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.RuntimeCamelException;

/** Which of the pages of a run that are under way may do what at this moment, and whether one of them has failed. */
final class Turns {

    private static final long CHECK_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Run run;
    private int underWay;
    private int nextToSend;
    private int nextToClaim;
    private boolean sending;
    private boolean changing;
    private Throwable failure;

    Turns(Run run) {
        this.run = run;
    }

    /**
     * The same pages, each given out when fewer than {@code most} are under way, and behind them an empty one. It never throws:
     * where the next page cannot be had, that is the failure of the run, and the empty page comes. For a parallel splitter
     * takes a source that fails, or ends earlier than it has said, for the end of all pages, though some are under way.
     */
    Iterator<List<?>> limited(Iterator<? extends List<?>> pages, int most) {
        return new Iterator<>() {
            private boolean ended;

            @Override
            public boolean hasNext() {
                return !ended;
            }

            @Override
            public List<?> next() {
                if (ended) {
                    throw new NoSuchElementException();
                }
                try {
                    begin(most);
                    if (pages.hasNext()) {
                        return pages.next();
                    }
                } catch (RuntimeException e) {
                    fail(e);
                }
                ended = true;
                return List.of();
            }
        };
    }

    private synchronized void begin(int most) {
        await(() -> underWay < most, true);
        underWay++;
    }

    /** A page has come to its end, well or not. */
    synchronized void end() {
        underWay--;
        notifyAll();
    }

    /** The first failure is that of the run: what the others say may only follow from it. */
    synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    synchronized void refuseWhenFailed() {
        if (failure != null) {
            Throwables.throwIfUnchecked(failure);
            throw RuntimeCamelException.wrapRuntimeCamelException(failure);
        }
    }

    private void refuseWhenCancelled() {
        if (run.isCancelled()) {
            throw new RunInterruptedException();
        }
    }

    /** @param page its number, from 0: pages are sent in their order; one that has been sent may send once more between others */
    synchronized void takeSending(int page) {
        await(() -> !sending && page <= nextToSend, true);
        sending = true;
        nextToSend = Math.max(nextToSend, page + 1);
    }

    synchronized void giveSending() {
        sending = false;
        notifyAll();
    }

    /** @param page its number, from 0: pages are claimed in their order, so that none delays one that is sent before it */
    synchronized void takeClaiming(int page) {
        await(() -> page <= nextToClaim, true);
    }

    /** The same, and the page is claimed. */
    synchronized void claimed(int page) {
        takeClaiming(page);
        nextToClaim = Math.max(nextToClaim, page + 1);
        notifyAll();
    }

    /** Waits until the page is claimed. */
    synchronized void awaitClaimed(int page) {
        await(() -> page < nextToClaim, true);
    }

    /** What has been sent is written down although another page has failed. */
    synchronized void takeTable() {
        await(() -> !changing, false);
        changing = true;
    }

    synchronized void giveTable() {
        changing = false;
        notifyAll();
    }

    private void await(BooleanSupplier free, boolean toSend) {
        try {
            while (true) {
                run.requireHeld();
                if (toSend) {
                    refuseWhenFailed();
                    refuseWhenCancelled();
                }
                if (free.getAsBoolean()) {
                    return;
                }
                wait(CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunInterruptedException();
        }
    }
}
