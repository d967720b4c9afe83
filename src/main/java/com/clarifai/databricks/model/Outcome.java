package com.clarifai.databricks.model;

/** What a run did with one source row or file. */
public enum Outcome {
    IMPORTED,
    /** It existed, and its concepts, metadata or geo were changed. */
    UPDATED,
    EXISTING,
    REJECTED
}
