package com.clarifai.databricks.clarifai;

import java.time.Duration;
import java.util.Optional;

/** An image that could not be downloaded. The message is one line, fit to be shown: no token, no query of a URL. */
public final class ImageDownloadException extends ClarifaiException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    private ImageDownloadException(Kind kind, Recovery recovery, String message, Duration retryAfter, Throwable cause) {
        super(kind, recovery, message, cause);
        this.retryAfter = retryAfter;
    }

    /** Another attempt would fail as well. */
    static ImageDownloadException lasting(Kind kind, String message) {
        return new ImageDownloadException(kind, Recovery.NONE, message, null, null);
    }

    static ImageDownloadException lasting(Kind kind, String message, Throwable cause) {
        return new ImageDownloadException(kind, Recovery.NONE, message, null, cause);
    }

    /** @param retryAfter what the server asked for, or null */
    static ImageDownloadException passing(Kind kind, String message, Duration retryAfter, Throwable cause) {
        return new ImageDownloadException(kind, Recovery.RETRY, message, retryAfter, cause);
    }

    /** The same failure, saying that it outlasted so many attempts. */
    ImageDownloadException afterAttempts(int attempts) {
        return lasting(getKind(), getMessage() + "; gave up after " + attempts + " attempts", this);
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
