package com.clarifai.databricks.sandbox.sql;

import java.time.DateTimeException;
import java.time.ZoneId;

/** How the SQL endpoint behaves where workspaces differ; may change while it runs. */
public final class SqlSwitches {

    private volatile int vacuums;
    private volatile String timeZone = "UTC";

    /** How often a table is vacuumed at once after each {@code MERGE} into it. */
    int vacuums() {
        return vacuums;
    }

    public void vacuums(int count) {
        vacuums = count;
    }

    /** {@code spark.sql.session.timeZone} of the sessions that are opened from now on, unless their client sets it. */
    String timeZone() {
        return timeZone;
    }

    /** @throws IllegalArgumentException when there is no such zone */
    public void timeZone(String zone) {
        try {
            timeZone = ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
