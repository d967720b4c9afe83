package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;

/**
 * The tables that a run works on; their names print as SQL takes them.
 *
 * @param tracking of an import: the inputs that it has brought to an end
 * @param rejects of an import: the rows that it rejected
 * @param inputs of an export or update
 * @param annotations of an export or update
 * @param legacy of a migration: the table that is rewritten
 */
public record RunTables(
        TableName tracking, TableName rejects, TableName inputs, TableName annotations, TableName legacy) {

    static final RunTables NONE = new RunTables(null, null, null, null, null);

    /** The rejected rows of an import are in a table beside the one that it tracks inputs in. */
    public static RunTables ofImport(TableName tracking) {
        return new RunTables(tracking, rejectsOf(tracking), null, null, null);
    }

    public static RunTables ofExport(TableName inputs, TableName annotations) {
        return new RunTables(null, null, inputs, annotations, null);
    }

    public static RunTables ofMigration(TableName legacy) {
        return new RunTables(null, null, null, null, legacy);
    }

    /** The table of rejected rows that belongs to a tracking table. */
    public static TableName rejectsOf(TableName tracking) {
        return new TableName(tracking.catalog(), tracking.schema(), tracking.table() + "_rejects");
    }

    /** The first of them: its schema has the staging volume and the history of runs. */
    public TableName main() {
        return tracking != null ? tracking : inputs != null ? inputs : legacy;
    }
}
