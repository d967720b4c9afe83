package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.job.EarlierRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Rejection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** What has to be seen over all rows of a page. */
public final class PageRows {

    /** Id and source of the rows that are still to be brought to an end. */
    public List<Map<String, Object>> undecided(@Body List<Map<String, Object>> rows) {
        return keys(rows.stream().filter(PageRows::isUndecided));
    }

    /** The same of those of which it is not written down yet that they are sent. */
    public List<Map<String, Object>> unclaimed(@Body List<Map<String, Object>> rows) {
        return keys(
                rows.stream().filter(PageRows::isUndecided).filter(row -> !EarlierRows.is(row, InputColumns.CLAIMED)));
    }

    private static boolean isUndecided(Map<String, Object> row) {
        return row.get(InputColumns.STATUS) == null;
    }

    private static List<Map<String, Object>> keys(Stream<Map<String, Object>> rows) {
        return rows.map(row -> Map.of(
                        InputColumns.INPUT_ID, row.get(InputColumns.INPUT_ID),
                        InputColumns.SOURCE_URI, row.get(InputColumns.SOURCE_URI)))
                .toList();
    }

    /**
     * The answer has what the tables know of them: those that an earlier run has imported ({@code known}), those that it
     * had sent and not finished, whose inputs count as uploaded by this run, and those that Clarifai then refused
     * ({@code refused}), unless they were sent again since.
     */
    public void resume(@Body List<Map<String, Object>> rows, @Variable("answer") List<Map<String, Object>> tracked) {
        EarlierRows.mark(rows, tracked);
    }

    /** Those of a page whose inputs are likely to exist, by what the tables say. */
    public List<Map<String, Object>> recalled(@Body List<Map<String, Object>> rows) {
        return EarlierRows.recalled(rows);
    }

    /** The body is one row, which says whether there are rows of earlier runs. */
    public void before(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> found) {
        boolean rejects = isSome(found, "rejects");
        run.noteEarlier(rejects, rejects || isSome(found, "tracked"));
    }

    private static boolean isSome(List<Map<String, Object>> found, String table) {
        return !found.isEmpty() && found.get(0).get(table) instanceof Number count && count.longValue() > 0;
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
                Rejection.mark(row, "the same inputid stands in " + first);
            }
        }
    }
}
