package com.clarifai.databricks.flow.run;

import java.util.Map;

/**
 * Which runs of a history are wanted; whatever is empty does not matter.
 *
 * @param run id
 * @param flow such as import-volume
 * @param outcome as the history has it, or REJECTS: completed, but with rejected rows
 * @param about part of the table's, the app's or the dataset's name
 * @param from begun at this time or later, as ISO 8601 writes it
 * @param until begun before this time
 */
public record HistoryFilter(String run, String flow, String outcome, String about, String from, String until) {

    /** Lets everything pass. */
    public static final HistoryFilter ALL = new HistoryFilter("", "", "", "", "", "");

    /** The parameters of list-runs.sql. */
    public Map<String, Object> variables() {
        return Map.of(
                "wantedRun", run,
                "wantedFlow", flow,
                "wantedOutcome", outcome,
                "wantedAbout", about,
                "wantedFrom", from,
                "wantedUntil", until);
    }
}
