package com.clarifai.databricks.faults;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody else who writes to the table of a place as soon as it is there, and leaves what is in it as it is: Delta then
 * refuses to commit what others have begun before.
 */
final class OtherWriter implements AutoCloseable {

    /** What is repeated has an end. */
    private static final int MOST_COMMITS = 12;

    private static final int MOST_PAUSE_MILLIS = 1_500;

    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    OtherWriter(Place place, Random random) {
        thread = new Thread(() -> write(place, random), "other writer");
        thread.start();
    }

    int commits() {
        return commits.get();
    }

    private void write(Place place, Random random) {
        try {
            while (commits.get() < MOST_COMMITS
                    && !closed.await(random.nextInt(MOST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                commit(place);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Place place) {
        try {
            place.sandbox().execute("UPDATE " + place.table("rows") + " SET input_id = input_id");
            commits.incrementAndGet();
        } catch (IllegalStateException e) {
            // there is no table yet, or the run was faster
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
