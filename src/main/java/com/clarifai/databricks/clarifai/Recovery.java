package com.clarifai.databricks.clarifai;

/** What may help after a failed attempt. */
enum Recovery {
    /** The same request would fail again. */
    NONE,
    /** No connection could be made, so nothing was sent. */
    RECONNECT,
    /** Try again soon; the lost reply may have been a success. */
    RETRY,
    /** As {@link #RETRY}, but only for a call that may be repeated while the first one is still at work. */
    RETRY_REPEATABLE,
    /** The rate limit: all calls must pause. */
    PAUSE,
    /** Try again after a long wait. */
    WAIT;

    /** Whether the request may have been carried out although it failed. */
    boolean mayHaveBeenDone() {
        return this == RETRY || this == RETRY_REPEATABLE;
    }
}
