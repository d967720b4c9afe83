package com.clarifai.databricks.settings;

import java.util.List;

/** A setting or option that is missing or cannot be used; the message names it and says what to do. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> settings;

    /** @param settings the names of those that are meant, the first one first; none when it is something else */
    public InvalidSettingException(String message, String... settings) {
        super(message);
        this.settings = List.of(settings);
    }

    public List<String> settings() {
        return settings;
    }
}
