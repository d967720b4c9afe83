package com.clarifai.databricks.flow.run;

/** What an update does with rows whose input or annotation is gone in Clarifai. */
public enum Deletes {
    /** Leaves them as they are. */
    ignore,
    /** Sets their {@code deleted_at}. */
    mark,
    /** Removes them. */
    remove
}
