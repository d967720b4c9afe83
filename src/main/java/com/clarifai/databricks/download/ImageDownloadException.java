package com.clarifai.databricks.download;

import com.clarifai.databricks.clarifai.ClarifaiException;
import java.time.Duration;
import java.util.Optional;

/** An image that could not be downloaded. The message is one line, fit to be shown: no token, no query of a URL. */
public final class ImageDownloadException extends ClarifaiException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final transient Duration retryAfter;

    private ImageDownloadException(Kind kind, boolean passing, String message, Duration retryAfter, Throwable cause) {
        super(kind, message, cause);
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** Another attempt would fail as well. */
    static ImageDownloadException lasting(Kind kind, String message) {
        return new ImageDownloadException(kind, false, message, null, null);
    }

    static ImageDownloadException lasting(Kind kind, String message, Throwable cause) {
        return new ImageDownloadException(kind, false, message, null, cause);
    }

    /** @param retryAfter what the server asked for, or null */
    static ImageDownloadException passing(Kind kind, String message, Duration retryAfter, Throwable cause) {
        return new ImageDownloadException(kind, true, message, retryAfter, cause);
    }

    /** The same failure, saying that it outlasted so many attempts. */
    ImageDownloadException afterAttempts(int attempts) {
        return lasting(kind(), getMessage() + "; gave up after " + attempts + " attempts", this);
    }

    boolean isPassing() {
        return passing;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
