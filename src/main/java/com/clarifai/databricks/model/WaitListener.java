package com.clarifai.databricks.model;

/** Hears what a call to a service has to wait for, from many threads at once; must return quickly and never throw. */
public interface WaitListener {

    /** The exchange property that holds the one to be told. */
    String PROPERTY = "CamelWaitListener";

    WaitListener NONE = wait -> {};

    /** @param wait null when there is nothing to wait for any more */
    void waitsFor(Wait wait);

    /** Whether what is waited for is not wanted any more. */
    default boolean isCancelled() {
        return false;
    }

    /**
     * Something that is waited for.
     *
     * @param what to read behind "waiting for"
     * @param done how much of it has happened
     * @param of how much there is; 0 where nothing can be counted
     */
    record Wait(String what, long done, long of) {

        /** One that cannot be counted. */
        public Wait(String what) {
            this(what, 0, 0);
        }
    }
}
