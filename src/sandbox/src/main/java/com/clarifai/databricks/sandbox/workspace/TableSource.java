package com.clarifai.databricks.sandbox.workspace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the tables that only SQL can describe. */
@FunctionalInterface
public interface TableSource {

    Optional<Table> describe(String catalog, String schema, String table);

    /** Columns in order, and the table's properties. */
    record Table(List<Column> columns, Map<String, String> properties) {}

    /**
     * @param typeText as SQL writes it, such as {@code array<string>}
     * @param typeName the type alone, such as {@code ARRAY}
     * @param comment null if there is none
     */
    record Column(String name, String typeText, String typeName, int position, boolean nullable, String comment) {}
}
