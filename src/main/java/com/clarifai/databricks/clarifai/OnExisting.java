package com.clarifai.databricks.clarifai;

/** What an import does with a row whose input exists already. */
public enum OnExisting {
    /** Leaves the input as it is. */
    SKIP,
    /** Adds the row's concepts by id and its metadata by key, replaces the geo, posts its annotations. */
    MERGE,
    /** Replaces concepts, metadata and geo by those of the row, as far as it has them, posts its annotations. */
    OVERWRITE,
    /** Rejects the row. */
    FAIL;

    /** Whether existing inputs are changed. */
    boolean updates() {
        return this == MERGE || this == OVERWRITE;
    }
}
