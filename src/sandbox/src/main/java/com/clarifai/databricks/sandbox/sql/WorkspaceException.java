package com.clarifai.databricks.sandbox.sql;

import org.apache.spark.SparkThrowable;

/** A failure that Databricks knows by a name of its own, which open-source Spark does not have. */
final class WorkspaceException extends RuntimeException implements SparkThrowable {

    private final String condition;
    private final String sqlState;

    WorkspaceException(String condition, String sqlState, String text) {
        super("[" + condition + "] " + text + " SQLSTATE: " + sqlState);
        this.condition = condition;
        this.sqlState = sqlState;
    }

    static WorkspaceException noSuchCatalog(String catalog) {
        return new WorkspaceException(
                "NO_SUCH_CATALOG_EXCEPTION",
                "42704",
                "Catalog '" + catalog
                        + "' was not found. Please verify the catalog name and then retry the query or command again.");
    }

    static WorkspaceException invalidName(String name) {
        return new WorkspaceException(
                "INVALID_NAME", "42602", "'" + name + "' is not a valid name for an object in Unity Catalog.");
    }

    @Override
    public String getCondition() {
        return condition;
    }

    @Override
    public String getSqlState() {
        return sqlState;
    }
}
