package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.TableKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How rows get into a table: decided from the columns of both. Not safe for use by several threads. */
public final class TableWrite {

    /** The ways. */
    public enum Way {
        /** There is no such table: it is made with the rows. */
        create,
        /** Rows that are new are added, and those that differ are changed. */
        merge,
        /** The rows take the place of those that the table has. */
        overwrite,
        /** The table has other columns: one beside it carries the rows until it takes its place. */
        rewrite
    }

    private final TableName table;
    private final TableKind kind;
    private final boolean merges;
    private final TableName beside;
    private Columns existing;
    private Columns rows;

    /**
     * @param existing what the table has; none when there is no such table
     * @param merges whether rows that the table has stay
     * @param beside a name of this run, for a table that carries the rows where the table has other columns
     */
    TableWrite(TableName table, TableKind kind, Columns existing, boolean merges, TableName beside) {
        this.table = table;
        this.kind = kind;
        this.existing = existing;
        this.merges = merges;
        this.beside = beside;
    }

    public TableName table() {
        return table;
    }

    public TableKind kind() {
        return kind;
    }

    public Columns existing() {
        return existing;
    }

    void describeRows(Columns described) {
        rows = described;
    }

    /** The columns that the rows have and the table has not, as SQL declares them; empty when it has them all. */
    public String missing() {
        return rows.types().entrySet().stream()
                .filter(column -> !existing.has(column.getKey()))
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The table has been given what was {@link #missing}. */
    void widened() {
        Map<String, String> types = new LinkedHashMap<>(existing.types());
        rows.types().forEach(types::putIfAbsent);
        existing = new Columns(types);
    }

    public Way way() {
        if (existing.isEmpty()) {
            return Way.create;
        }
        if (merges) {
            return Way.merge;
        }
        return existing.take(rows) ? Way.overwrite : Way.rewrite;
    }

    /** The parts of the statement of a {@link Way#merge}. */
    public TableMerge merge() {
        return new TableMerge(existing, rows, kind.key());
    }

    /** The name of the table that carries the rows of a {@link Way#rewrite}. */
    public TableName beside() {
        return beside;
    }

    /** Where rows are first written to. */
    public TableName filled() {
        return way() == Way.rewrite ? beside : table;
    }
}
