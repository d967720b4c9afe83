package com.clarifai.databricks.csv;

/**
 * How much may come out of a compressed file, so that a small one cannot keep the application busy for ever.
 *
 * @param maxBytes the most bytes that it may unpack to
 * @param maxRatio the most bytes for each packed one; looked at once 10 MB have come out
 */
public record UnpackLimits(long maxBytes, int maxRatio) {

    /** The defaults of {@code import.max-unpacked-bytes} and {@code import.max-unpack-ratio}. */
    public static final UnpackLimits DEFAULT = new UnpackLimits(100_000_000_000L, 250);
}
