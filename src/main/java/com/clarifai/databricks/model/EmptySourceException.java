package com.clarifai.databricks.model;

/** A file holds nothing: an error when it was asked for by name, and no rows where programs leave such parts behind. */
public final class EmptySourceException extends UnreadableSourceException {

    private static final long serialVersionUID = 1L;

    public EmptySourceException(String message) {
        super(message);
    }
}
