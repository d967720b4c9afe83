package com.clarifai.databricks.model;

/** The source of an import cannot be read at all; the message says why and what to do. */
public class UnreadableSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableSourceException(String message) {
        super(message);
    }
}
