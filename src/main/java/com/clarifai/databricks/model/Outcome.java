package com.clarifai.databricks.model;

/** What a run did with one source row or file. */
public enum Outcome {
    IMPORTED,
    /** It existed, and its concepts, metadata or geo were changed. */
    UPDATED,
    EXISTING,
    REJECTED,
    /** Clarifai holds the input in a state that this program does not know: it is left as it is. */
    UNKNOWN
}
