package com.clarifai.databricks.sandbox.sql;

/** A result that is larger than the Statement Execution API gives out inline. */
final class InlineLimitException extends RuntimeException {

    /** 25 MiB, as its documentation says. */
    static final long MAX_BYTES = 26_214_400;

    InlineLimitException() {
        super(
                "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most "
                        + MAX_BYTES
                        + " bytes. Please execute the statement with disposition=EXTERNAL_LINKS if you want to"
                        + " download the full result.");
    }
}
