package com.clarifai.databricks.job;

import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
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
        try {
            return JsonText.value(new String(json, StandardCharsets.UTF_8), JobOutcome.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no outcome of a job: " + e.getOriginalMessage(), e);
        }
    }

    public byte[] json() {
        return JsonText.of(this).getBytes(StandardCharsets.UTF_8);
    }
}
