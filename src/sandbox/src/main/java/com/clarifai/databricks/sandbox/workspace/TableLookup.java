package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.sql.TableDescription;
import java.util.Optional;

/** Knows the tables, which only SQL can describe. */
@FunctionalInterface
public interface TableLookup {

    Optional<TableDescription> describe(String catalog, String schema, String table);
}
