package com.clarifai.databricks.job;

import com.clarifai.databricks.model.Outcome;
import java.util.Map;

/**
 * What a job has tracked so far.
 *
 * @param done how many rows have come to their end
 * @param ends how many in each {@link Outcome}, by its name
 * @param annotations that are in the app now
 * @param rejectedAnnotations that Clarifai has refused
 */
public record JobOutcome(long done, Map<String, Long> ends, long annotations, long rejectedAnnotations) {

    /** @throws IllegalArgumentException when it is none */
    public static JobOutcome parse(byte[] json) {
        return JobFile.parse(json, JobOutcome.class, "outcome");
    }

    public byte[] json() {
        return JobFile.of(this);
    }
}
