package com.clarifai.databricks.console;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** A request that is refused: the HTTP status, and what the client is to be told. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, Object> details;

    /** @param message what is wrong, in a sentence for people */
    public ApiException(int status, String message) {
        this(status, message, Map.of());
    }

    /** @param details what else the answer says, beside {@code message} */
    public ApiException(int status, String message, Map<String, Object> details) {
        super(message);
        this.status = status;
        this.details = new LinkedHashMap<>(details);
    }

    /** @param fields what is wrong with each field, by its name, in the order of the form */
    public static ApiException invalidFields(Map<String, String> fields) {
        // what several fields lack is said once; "fields" says of which
        return new ApiException(400, String.join("; ", new LinkedHashSet<>(fields.values())), Map.of("fields", fields));
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", PageWords.of(getMessage()));
        body.putAll(details);
        if (details.get("fields") instanceof Map<?, ?> fields) {
            Map<String, String> told = new LinkedHashMap<>();
            fields.forEach((name, problem) -> told.put(name.toString(), PageWords.of(problem.toString())));
            body.put("fields", told);
        }
        return body;
    }
}
