package com.clarifai.databricks.mapping;

/** A value of an import row that cannot be taken; the message says why, and shows the value. */
final class RefusedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    RefusedValueException(String reason) {
        // thrown and caught once a bad row: a stack trace would only cost time
        super(reason, null, false, false);
    }

    RefusedValueException(String reason, Object value) {
        this(reason + ": " + shown(value));
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return '"' + start.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }
}
