package com.clarifai.databricks.delta;

import java.util.Map;

/**
 * A column as the declaration of its table has it.
 *
 * @param name as SQL and the rows have it: small letters, digits and underscores
 * @param type in SQL, on one line
 * @param required whether it is NOT NULL
 * @param comment what stands in it, or an empty text
 * @param writers who writes it: the SQL for its value, or an empty text for the value that a row has under its name
 */
public record DeclaredColumn(String name, String type, boolean required, String comment, Map<String, String> writers) {

    public DeclaredColumn {
        writers = Map.copyOf(writers);
    }

    public boolean isWrittenBy(String writer) {
        return writers.containsKey(writer);
    }

    /** Whether the value is that of a row. */
    boolean isOfRow(String writer) {
        return "".equals(writers.get(writer));
    }

    /** SQL for the value, of the row {@code s}. */
    String value(String writer) {
        return isOfRow(writer) ? "s." + name : writers.get(writer);
    }

    /** As {@code CREATE TABLE} takes it. */
    String definition() {
        return name + " " + type
                + (required ? " NOT NULL" : "")
                + (comment.isEmpty()
                        ? ""
                        : " COMMENT '" + comment.replace("\\", "\\\\").replace("'", "\\'") + "'");
    }

    /** As {@code from_json} takes it, between quotes. */
    String field() {
        return name + " " + type;
    }
}
