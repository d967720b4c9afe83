package com.clarifai.databricks.model;

import java.time.Duration;

/**
 * How long the bytes of a request may take on their way. The answer to an upload is due after its last byte only, so its
 * time-out grows with its size.
 */
public final class UploadTime {

    private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;

    private UploadTime() {}

    /** @param bytes of the request; none when negative, as unknown sizes are */
    public static Duration ofBytes(long bytes) {
        return Duration.ofSeconds(Math.max(0, bytes) / SLOWEST_BYTES_PER_SECOND);
    }
}
