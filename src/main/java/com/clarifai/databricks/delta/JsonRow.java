package com.clarifai.databricks.delta;

import com.clarifai.databricks.json.ExactJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows that SQL gives as one JSON text each, in a column {@code row}: the same for all types and time zones. */
public final class JsonRow {

    /** Every time, however deep, as ISO text; those that are instants in UTC. */
    private static final String OPTIONS = "map('ignoreNullFields', 'false', 'timeZone', 'UTC',"
            + " 'timestampFormat', 'yyyy-MM-dd\\'T\\'HH:mm:ss.SSSSSSXXX',"
            + " 'timestampNTZFormat', 'yyyy-MM-dd\\'T\\'HH:mm:ss.SSSSSS')";

    private JsonRow() {}

    /** SQL for these columns of a table as one JSON object. */
    public static String select(Collection<String> columns) {
        return select(columns.stream().map(JsonRow::quoted).collect(Collectors.joining(", ", "struct(", ")")));
    }

    /** The same with the beginnings of some of the columns, as text, and nothing in the others. */
    public static String beginnings(Collection<String> columns, Collection<String> begun, int characters) {
        return select(columns.stream()
                .map(name -> (begun.contains(name)
                                ? "left(CAST(" + quoted(name) + " AS STRING), " + characters + ")"
                                : "CAST(NULL AS STRING)")
                        + " AS " + quoted(name))
                .collect(Collectors.joining(", ", "struct(", ")")));
    }

    /** SQL for a value that is made of parts as JSON. */
    static String select(String expression) {
        return "to_json(" + expression + ", " + OPTIONS + ")";
    }

    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The columns of such a row, in their order. */
    public static Map<String, Object> columns(Map<String, Object> selected) {
        try {
            return ExactJson.objectWithNaN((String) selected.get("row"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "SQL's to_json gave something that is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
