package com.clarifai.databricks.delta;

/** How much of a table is asked for in one statement. */
public final class ResultPages {

    /**
     * Bytes of a page. A warehouse aborts a statement whose result is larger than 26,214,400 bytes in the form in which it
     * is sent, where quotes and back-slashes may take twice as much (Statement Execution API, {@code disposition=INLINE}).
     */
    public static final long MAX_BYTES = 10L << 20;

    private ResultPages() {}
}
