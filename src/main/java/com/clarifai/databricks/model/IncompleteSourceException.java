package com.clarifai.databricks.model;

/**
 * A source that was begun cannot be read to its end, so that rows of it are missing; the message goes on after its name:
 * "is cut …".
 */
public final class IncompleteSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IncompleteSourceException(String message) {
        super(message);
    }

    public IncompleteSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
