package com.clarifai.databricks.delta;

import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts of a {@code MERGE} of rows into a table that may have fewer columns than the rows, or other types: rows are
 * cast to the types of the table, times become ISO text in UTC and arrays and structs become JSON where the table has text, and columns that only one of
 * them has are left alone.
 *
 * <p>A row changes only when it differs in a column that says something of Clarifai, so that an unchanged row is not
 * written again.
 */
public final class TableMerge {

    /** Several apps and datasets may share a table. */
    public static final List<String> OWNER = List.of(InputColumns.APP_ID, InputColumns.DATASET_ID);

    /** These differ in every run. */
    private static final Set<String> OF_THE_RUN = Set.of(InputColumns.RUN_ID, InputColumns.SYNCED_AT);

    /** Rows that do not know it leave what the table knows. */
    private static final Set<String> KEPT = Set.of(InputColumns.IMAGE_PATH);

    private final Columns table;
    private final Columns rows;
    private final String key;
    private final List<String> shared;

    /** @param key the column that identifies a row, together with app and dataset where the table has these */
    public TableMerge(Columns table, Columns rows, String key) {
        this.table = table;
        this.rows = rows;
        this.key = key;
        this.shared = rows.names().stream().filter(table::has).toList();
    }

    /** Which row of the table ({@code t}) a row ({@code s}) is. A row of the table that names no app is of any. */
    public String getMatch() {
        String owner = OWNER.stream()
                .filter(shared::contains)
                .map(name -> " AND (t." + quoted(name) + " = " + value(name) + " OR t." + quoted(name) + " IS NULL)")
                .collect(Collectors.joining());
        return "t." + quoted(key) + " = " + value(key) + owner;
    }

    public String getChanged() {
        String changed = shared.stream()
                .filter(name -> !name.equals(key) && !OF_THE_RUN.contains(name))
                .map(name -> "NOT (t." + quoted(name) + " <=> " + newValue(name) + ")")
                .collect(Collectors.joining(" OR "));
        return changed.isEmpty() ? "false" : changed;
    }

    public String getAssignments() {
        return join(name -> "t." + quoted(name) + " = " + newValue(name));
    }

    public String getColumns() {
        return join(TableMerge::quoted);
    }

    public String getValues() {
        return join(this::value);
    }

    private String join(Function<String, String> part) {
        return shared.stream().map(part).collect(Collectors.joining(", "));
    }

    private String newValue(String name) {
        return KEPT.contains(name) ? "coalesce(" + value(name) + ", t." + quoted(name) + ")" : value(name);
    }

    private String value(String name) {
        String column = "s." + quoted(name);
        String from = rows.types().get(name);
        String to = table.types().get(name);
        if (from.equals(to)) {
            return column;
        }
        if (from.equals("timestamp") && to.equals("string")) {
            return SqlTime.text(column);
        }
        boolean nested = from.startsWith("array") || from.startsWith("struct") || from.startsWith("map");
        return nested && to.equals("string") ? "to_json(" + column + ")" : "CAST(" + column + " AS " + to + ")";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
