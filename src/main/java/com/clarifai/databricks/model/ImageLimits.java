package com.clarifai.databricks.model;

/** What Clarifai takes (<a href="https://docs.clarifai.com/create/inputs/upload">upload limits</a>). */
public final class ImageLimits {

    /** An image must be smaller than 20 MB. */
    public static final int MAX_BYTES = 20_000_000;

    /** An image may have up to 85 megapixels. */
    public static final long MAX_PIXELS = 85_000_000;

    private ImageLimits() {}
}
