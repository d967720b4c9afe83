package com.clarifai.databricks.delta;

import java.util.List;
import java.util.Map;

/**
 * How many rows a {@code MERGE} has inserted, updated and deleted, as the statement itself tells: {@code
 * num_affected_rows}, {@code num_updated_rows}, {@code num_deleted_rows} and {@code num_inserted_rows} (<a
 * href="https://docs.databricks.com/en/sql/language-manual/delta-merge-into.html">MERGE INTO</a>), which the driver gives as
 * rows where {@code NonRowcountQueryPrefixes} says so. The history of a table would not do: others commit to it, too.
 */
public record MergeMetrics(long affected, long inserted, long updated, long deleted) {

    /**
     * @param answer the row that the statement gave; when there is none, only the affected rows are known, which count as
     *     updated
     * @param updateCount what the driver told instead, or null
     */
    public static MergeMetrics of(Object answer, Long updateCount) {
        if (answer instanceof List<?> rows && !rows.isEmpty() && rows.get(0) instanceof Map<?, ?> row) {
            long affected = number(row, "num_affected_rows");
            return row.containsKey("num_inserted_rows")
                    ? new MergeMetrics(
                            affected,
                            number(row, "num_inserted_rows"),
                            number(row, "num_updated_rows"),
                            number(row, "num_deleted_rows"))
                    : new MergeMetrics(affected, 0, affected, 0);
        }
        long affected = updateCount == null ? 0 : Math.max(0, updateCount);
        return new MergeMetrics(affected, 0, affected, 0);
    }

    private static long number(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
