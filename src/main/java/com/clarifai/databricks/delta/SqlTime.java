package com.clarifai.databricks.delta;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants on their way between SQL and Java.
 *
 * <p>They are never taken out of a {@link java.sql.Timestamp}: from a cluster the driver gives the wall clock of the
 * session's time zone in one, which is another instant wherever the JVM has another zone (databricks-jdbc, {@code
 * ArrowToJavaObjectConverter.convertToTimestamp}). So they travel as microseconds or as ISO text in UTC.
 */
public final class SqlTime {

    /** Options of {@code to_json}: every time in it, however deep, as ISO text; those that are instants in UTC. */
    private static final String OPTIONS = "map('ignoreNullFields', 'false', 'timeZone', 'UTC',"
            + " 'timestampFormat', 'yyyy-MM-dd\\'T\\'HH:mm:ss.SSSSSSXXX',"
            + " 'timestampNTZFormat', 'yyyy-MM-dd\\'T\\'HH:mm:ss.SSSSSS')";

    private SqlTime() {}

    /** @param micros what {@code unix_micros} gives, or null */
    public static Instant ofMicros(Object micros) {
        return micros == null ? null : Instant.EPOCH.plus(((Number) micros).longValue(), ChronoUnit.MICROS);
    }

    /** SQL for a value as JSON, which is the same whatever the time zone of the session. */
    public static String json(String expression) {
        return "to_json(" + expression + ", " + OPTIONS + ")";
    }

    /** SQL for a {@code TIMESTAMP} as text: {@code 2024-05-31T12:00:00.000000Z}. */
    static String text(String timestamp) {
        return "get_json_object(" + json("struct(" + timestamp + " AS at)") + ", '$.at')";
    }
}
