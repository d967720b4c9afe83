package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * Values for a statement's markers: {@code ?} by {@code ordinal}, counted from 1, or {@code :name} by {@code name}.
 * Bound as typed literals of Spark's own parameterized queries, never put into the text.
 */
record StatementParameters(Map<Integer, Column> positional, Map<String, Object> named) {

    /** @param parameters the request's {@code parameters}: {name or ordinal, value, type}; may be missing */
    static StatementParameters of(JsonNode parameters, String timeZone) {
        Map<Integer, Column> positional = new TreeMap<>();
        Map<String, Object> named = new HashMap<>();
        for (JsonNode parameter : parameters) {
            Column value = literal(parameter, timeZone);
            if (parameter.hasNonNull("name")) {
                named.put(parameter.get("name").asText(), value);
            } else {
                positional.put(parameter.path("ordinal").asInt(positional.size() + 1), value);
            }
        }
        return new StatementParameters(positional, named);
    }

    private static Column literal(JsonNode parameter, String timeZone) {
        DataType type = parameter.hasNonNull("type")
                ? DataType.fromDDL(parameter.get("type").asText())
                : DataTypes.StringType;
        if (!parameter.hasNonNull("value")) {
            return ExpressionUtils.column(new Literal(null, type));
        }
        Literal text = new Literal(UTF8String.fromString(parameter.get("value").asText()), DataTypes.StringType);
        Object value = new Cast(text, type, Option.apply(timeZone), EvalMode.ANSI()).eval(null);
        return ExpressionUtils.column(new Literal(value, type));
    }

    Dataset<Row> execute(SparkSession session, String sql) {
        if (!named.isEmpty()) {
            return session.sql(sql, named);
        }
        return positional.isEmpty()
                ? session.sql(sql)
                : session.sql(sql, positional.values().toArray());
    }
}
