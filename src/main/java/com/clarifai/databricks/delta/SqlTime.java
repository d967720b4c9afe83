package com.clarifai.databricks.delta;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants on their way between SQL and Java.
 *
 * <p>They are never taken out of a {@link java.sql.Timestamp}: from a cluster the driver gives the wall clock of the
 * session's time zone in one, which is another instant wherever the JVM has another zone (databricks-jdbc, {@code
 * ArrowToJavaObjectConverter.convertToTimestamp}). So they travel as microseconds, or as ISO text in UTC as in {@link JsonRow}.
 */
public final class SqlTime {

    private SqlTime() {}

    /** @param micros what {@code unix_micros} gives, or null */
    public static Instant ofMicros(Object micros) {
        return micros == null ? null : Instant.EPOCH.plus(((Number) micros).longValue(), ChronoUnit.MICROS);
    }

    /** SQL for a {@code TIMESTAMP} as text: {@code 2024-05-31T12:00:00.000000Z}. */
    static String text(String timestamp) {
        return "get_json_object(" + JsonRow.select("struct(" + timestamp + " AS at)") + ", '$.at')";
    }
}
