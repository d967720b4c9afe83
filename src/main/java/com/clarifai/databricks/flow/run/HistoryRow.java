package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;

/**
 * The row of a run in the history of runs, which is its lock as long as it says that the run is under way.
 *
 * @param table the history; null where none is kept, and in a dry run
 * @param subject table, app and dataset that the run works on: one run at a time
 * @param parameters those of the flow, as JSON
 * @param host machine that the run is on
 */
public record HistoryRow(TableName table, String subject, String parameters, String host) {

    /**
     * What is added to it when the run has ended.
     *
     * @param outcome COMPLETED, INTERRUPTED or FAILED
     * @param error why it did not complete; empty when it did
     * @param counts as JSON
     * @param readUntil all changes in Clarifai up to this time are in the tables; ISO, or empty
     * @param selection what of the dataset it has read whole; empty when it has not
     */
    public record End(String outcome, String error, String counts, String readUntil, String selection) {}
}
