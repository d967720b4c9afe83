package com.clarifai.databricks.flow;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** What has to be seen over all rows of a page. */
public final class PageRows {

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
