package com.clarifai.databricks.sandbox.clarifai;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Time stamps of resources. */
final class Times {

    private Times() {}

    static Timestamp now() {
        Instant now = Instant.now();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }

    static Timestamp ofMicros(long micros) {
        return Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(micros, 1_000_000))
                .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1000)
                .build();
    }
}
