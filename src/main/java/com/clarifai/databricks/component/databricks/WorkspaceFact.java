package com.clarifai.databricks.component.databricks;

/** What a {@code probe} can find out; see {@link com.clarifai.databricks.databricks.WorkspaceFacts}. */
public enum WorkspaceFact {
    endedSession,
    sessionTimes,
    existingVolume
}
