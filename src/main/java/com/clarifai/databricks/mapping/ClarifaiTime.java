package com.clarifai.databricks.mapping;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;

/** When something was made or changed, as Clarifai says it. */
public final class ClarifaiTime {

    private ClarifaiTime() {}

    /**
     * @return null for a time that <a
     *     href="https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp">no timestamp can be</a>: before the year
     *     1 or after 9999
     */
    public static Instant of(Timestamp told) {
        return Timestamps.isValid(told) ? Instant.ofEpochSecond(told.getSeconds(), told.getNanos()) : null;
    }
}
