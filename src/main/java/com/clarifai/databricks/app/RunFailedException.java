package com.clarifai.databricks.app;

/** A run that did not come to its end; the cause says why. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunFailedException(Throwable cause) {
        super(cause);
    }
}
