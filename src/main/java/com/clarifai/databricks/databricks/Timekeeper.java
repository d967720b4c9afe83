package com.clarifai.databricks.databricks;

import java.time.Duration;
import java.time.Instant;

/** The time and the waits of the retry policy, so that a test need not wait. */
interface Timekeeper {

    Timekeeper SYSTEM = new Timekeeper() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    };

    Instant now();

    void sleep(Duration duration) throws InterruptedException;
}
