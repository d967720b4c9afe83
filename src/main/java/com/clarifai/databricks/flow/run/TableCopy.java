package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.delta.TableSource;
import java.util.Map;

/**
 * What an import reads a table through.
 *
 * @param from what is read, as SQL takes it
 * @param table a table of the run, which the rows are copied to
 * @param types of the columns as SQL writes them, by name
 * @param taken the columns that an import takes, as a SQL expression that makes one JSON text
 * @param identity the same of those that tell which row it is
 */
public record TableCopy(TableSource from, TableName table, Map<String, String> types, String taken, String identity) {

    public static TableCopy of(TableSource from, TableName table) {
        return new TableCopy(from, table, Map.of(), null, null);
    }

    /** The same through another table. */
    public TableCopy through(TableName other) {
        return new TableCopy(from, other, types, taken, identity);
    }

    public TableCopy with(Map<String, String> types, String taken, String identity) {
        return new TableCopy(from, table, types, taken, identity);
    }
}
