package com.clarifai.databricks.sandbox.sql;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Statements that Databricks knows and open-source Spark does not. */
@FunctionalInterface
interface Extension {

    /**
     * Runs the statement if it is one of these.
     *
     * @param sql without comments before it and without a semicolon at its end
     */
    Optional<Dataset<Row>> run(SparkSession session, String sql) throws Exception;
}
