package com.clarifai.databricks.job;

import java.time.Instant;

/**
 * What a job has read and staged so far.
 *
 * @param inputs of the dataset that were read
 * @param annotations that were read
 * @param stagedInputs those that are new to the tables, or may be
 * @param stagedAnnotations the same
 * @param latestChange the latest that was seen, by Clarifai's clock; the epoch when there was none
 * @param partly whether only what a search has found was read
 */
public record ReadOutcome(
        long inputs,
        long annotations,
        long stagedInputs,
        long stagedAnnotations,
        Instant latestChange,
        boolean partly) {

    public static final ReadOutcome NONE = new ReadOutcome(0, 0, 0, 0, Instant.EPOCH, false);

    public ReadOutcome plus(ReadOutcome other) {
        return new ReadOutcome(
                inputs + other.inputs,
                annotations + other.annotations,
                stagedInputs + other.stagedInputs,
                stagedAnnotations + other.stagedAnnotations,
                later(latestChange, other.latestChange),
                partly || other.partly);
    }

    static Instant later(Instant one, Object other) {
        return other instanceof Instant time && time.isAfter(one) ? time : one;
    }

    /** @throws IllegalArgumentException when it is none */
    public static ReadOutcome parse(byte[] json) {
        return JobFile.parse(json, ReadOutcome.class, "outcome");
    }

    public byte[] json() {
        return JobFile.of(this);
    }
}
