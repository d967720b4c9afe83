package com.clarifai.databricks.model;

/** What a run did with one source row or file. */
public enum Outcome {
    IMPORTED,
    EXISTING,
    REJECTED
}
