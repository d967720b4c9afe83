package com.clarifai.databricks.model;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;

/** When something was made or changed, as Clarifai says it. */
public final class ClarifaiTime {

    private ClarifaiTime() {}

    /**
     * @param told the field of the API, also one that is not set
     * @return null when nothing is told, or a time that <a
     *     href="https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp">no timestamp can be</a>: before the year
     *     1 or after 9999
     */
    public static Instant of(Timestamp told) {
        boolean isTold = !Timestamp.getDefaultInstance().equals(told) && Timestamps.isValid(told);
        return isTold ? Instant.ofEpochSecond(told.getSeconds(), told.getNanos()) : null;
    }
}
