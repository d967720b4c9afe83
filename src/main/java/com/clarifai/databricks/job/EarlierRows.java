package com.clarifai.databricks.job;

import com.clarifai.databricks.model.InputColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tables know of rows from earlier runs. */
public final class EarlierRows {

    private EarlierRows() {}

    /**
     * Marks rows that an earlier run has imported ({@code known}), had sent and not finished ({@code resumed}), whose inputs
     * count as uploaded by this run, or that Clarifai then refused ({@code refused}), unless they were sent again since.
     *
     * @param tracked the answer to {@code find-unfinished.sql}
     */
    public static void mark(List<Map<String, Object>> rows, List<Map<String, Object>> tracked) {
        Map<Object, Map<String, Object>> byId = new HashMap<>();
        for (Map<String, Object> row : tracked) {
            byId.merge(
                    row.get(InputColumns.INPUT_ID), row, (one, other) -> is(one, InputColumns.REFUSED) ? other : one);
        }
        for (Map<String, Object> row : rows) {
            Map<String, Object> found = byId.get(row.get(InputColumns.INPUT_ID));
            if (found == null) {
                continue;
            }
            if (is(found, InputColumns.REFUSED)) {
                row.put(InputColumns.REFUSED, true);
            } else if (is(found, InputColumns.KNOWN)) {
                row.put(InputColumns.KNOWN, true);
            } else {
                row.put(InputColumns.RESUMED, true);
                row.put(InputColumns.CLAIMED_AT, found.get(InputColumns.CLAIMED_AT));
            }
        }
    }

    /** Those of rows whose inputs are likely to exist, by what the tables say. */
    public static List<Map<String, Object>> recalled(List<Map<String, Object>> rows) {
        return rows.stream()
                .filter(row -> row.get(InputColumns.STATUS) == null)
                .filter(row ->
                        is(row, InputColumns.RESUMED) || is(row, InputColumns.REFUSED) || is(row, InputColumns.KNOWN))
                .toList();
    }

    /** A flag, as a step has set it or as SQL gives it. */
    public static boolean is(Map<String, Object> row, String flag) {
        return Boolean.parseBoolean(String.valueOf(row.get(flag)));
    }
}
