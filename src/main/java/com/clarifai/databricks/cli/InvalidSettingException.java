package com.clarifai.databricks.cli;

/** A setting or option that is missing or cannot be used; the message names it and says what to do. */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
