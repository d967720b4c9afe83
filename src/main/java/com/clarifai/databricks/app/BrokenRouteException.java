package com.clarifai.databricks.app;

/** A route cannot be used as it is written. The message names file, line and route. */
public final class BrokenRouteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokenRouteException(String message, Throwable cause) {
        super(message, cause);
    }
}
