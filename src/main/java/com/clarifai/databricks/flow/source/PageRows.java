package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** What has to be seen over all rows of a page. */
public final class PageRows {

    /** Id and source of the rows that are still to be brought to an end. */
    public List<Map<String, Object>> undecided(@Body List<Map<String, Object>> rows) {
        return rows.stream()
                .filter(row -> row.get(InputColumns.STATUS) == null)
                .map(row -> Map.of(
                        InputColumns.INPUT_ID, row.get(InputColumns.INPUT_ID),
                        InputColumns.SOURCE_URI, row.get(InputColumns.SOURCE_URI)))
                .toList();
    }

    /**
     * The answer has the ids that an earlier run had sent and not finished, whose inputs count as uploaded by this run, and
     * those that Clarifai then refused ({@code refused}).
     */
    public void resume(@Body List<Map<String, Object>> rows, @Variable("answer") List<Map<String, Object>> unfinished) {
        Map<Object, Boolean> refused = unfinished.stream()
                .collect(Collectors.toMap(
                        row -> row.get(InputColumns.INPUT_ID),
                        row -> Boolean.parseBoolean(String.valueOf(row.get(InputColumns.REFUSED))),
                        // sent again since
                        (one, other) -> one && other));
        for (Map<String, Object> row : rows) {
            Boolean found = refused.get(row.get(InputColumns.INPUT_ID));
            if (found != null) {
                row.put(found ? InputColumns.REFUSED : InputColumns.RESUMED, true);
            }
        }
    }

    /** The body is a rejected row of an earlier run, if there is one. */
    public void before(@Variable(Run.VARIABLE) Run run, @Body List<?> rejects) {
        run.noteRejects(!rejects.isEmpty());
    }

    /** Whether there is a row to be added to the table of rejected rows, or may be one there that is imported now. */
    public boolean changesRejects(@Body List<Map<String, Object>> rows, @Variable(Run.VARIABLE) Run run) {
        return run.hadRejects()
                || rows.stream().anyMatch(row -> InputStatus.REJECTED.name().equals(row.get(InputColumns.STATUS)));
    }

    /** Of several rows with the same input id the first stands, the others are rejected. */
    public void rejectRepeatedIds(@Body List<Map<String, Object>> rows) {
        Map<Object, Object> sources = new HashMap<>();
        for (Map<String, Object> row : rows) {
            if (row.get(InputColumns.STATUS) != null) {
                continue;
            }
            Object first = sources.putIfAbsent(row.get(InputColumns.INPUT_ID), row.get(InputColumns.SOURCE_URI));
            if (first != null) {
                row.put(InputColumns.STATUS, InputStatus.REJECTED.name());
                row.put(InputColumns.OUTCOME, Outcome.REJECTED.name());
                row.put(InputColumns.STATUS_MESSAGE, "the same inputid stands in " + first);
            }
        }
    }
}
