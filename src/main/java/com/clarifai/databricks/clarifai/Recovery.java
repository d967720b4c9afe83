package com.clarifai.databricks.clarifai;

/** What may help after a failed attempt. */
enum Recovery {
    /** The same request would fail again. */
    NONE,
    /** No connection could be made, so nothing was sent. */
    RECONNECT,
    /** Try again soon; the lost reply may have been a success. */
    RETRY,
    /** There was no answer in time. The connection may have died unnoticed, so the next attempt takes another one. */
    RENEW_CONNECTION,
    /** The rate limit: all calls must pause. */
    PAUSE,
    /** Try again after a long wait. */
    WAIT;

    /** Whether the request may have been carried out although it failed. */
    boolean mayHaveBeenDone() {
        return this == RETRY || this == RENEW_CONNECTION;
    }
}
