package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** {@code USE CATALOG}, which Spark spells {@code SET CATALOG}. */
final class UseStatements implements Extension {

    private static final Pattern USE = Extensions.pattern("USE CATALOG " + NAME);

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) {
        Matcher use = USE.matcher(sql);
        return use.matches() ? Optional.of(session.sql("SET CATALOG " + use.group(1))) : Optional.empty();
    }
}
