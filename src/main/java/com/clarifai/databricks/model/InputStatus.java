package com.clarifai.databricks.model;

/** What the column {@code status} of the inputs table says. */
public enum InputStatus {
    /** Planned or uploaded; Clarifai has not finished processing it. */
    PENDING,
    /** Clarifai holds the input and has processed it. */
    PROCESSED,
    /** Never became an input; {@code status_code} and {@code status_message} say why. */
    REJECTED
}
