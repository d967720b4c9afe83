package com.clarifai.databricks.model;

import java.time.Duration;

/** Hears of the requests to a service, from many threads at once; must return quickly and never throw. */
public interface CallListener {

    CallListener NONE = new CallListener() {
        @Override
        public void answered(String call, Duration took, String failure) {}

        @Override
        public void repeated() {}
    };

    /**
     * An attempt has ended.
     *
     * @param call what was called, one of a few names
     * @param failure its kind, such as {@link #THROTTLED}; null for a success
     */
    void answered(String call, Duration took, String failure);

    /** An attempt that failed is made again. */
    void repeated();

    /** The kind of failure that asks for a pause. */
    String THROTTLED = "THROTTLED";
}
