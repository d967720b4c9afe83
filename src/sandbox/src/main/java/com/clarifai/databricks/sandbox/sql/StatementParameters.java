package com.clarifai.databricks.sandbox.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * Values for a statement's markers: {@code ?} by {@code ordinal}, counted from 1, or {@code :name} by {@code name}.
 * Bound as typed literals of Spark's own parameterized queries, never put into the text.
 *
 * @param named literals by name; that of the first {@code ?} is {@code p1}
 */
record StatementParameters(Map<String, Object> named, boolean positional) {

    private static final int MOST = 255;
    private static final long MOST_BYTES = 1 << 20;

    /**
     * @param name null for one by ordinal
     * @param ordinal 0 for one that follows those before it
     * @param type null for STRING
     * @param value its text, or null
     */
    record Value(String name, int ordinal, String type, String value) {}

    /** @throws WorkspaceException if they are more than a statement may have */
    static StatementParameters of(List<Value> parameters, String timeZone) {
        if (parameters.size() > MOST) {
            throw WorkspaceException.tooManyParameters(parameters.size(), MOST);
        }
        long bytes = parameters.stream()
                .filter(parameter -> parameter.value() != null)
                .mapToLong(parameter -> UTF8String.fromString(parameter.value()).numBytes())
                .sum();
        if (bytes > MOST_BYTES) {
            throw WorkspaceException.tooLargeParameters(bytes, MOST_BYTES);
        }
        Map<String, Object> named = new HashMap<>();
        boolean positional = false;
        for (Value parameter : parameters) {
            Column value = literal(parameter, timeZone);
            if (parameter.name() != null) {
                named.put(parameter.name(), value);
            } else {
                positional = true;
                named.put("p" + (parameter.ordinal() == 0 ? named.size() + 1 : parameter.ordinal()), value);
            }
        }
        return new StatementParameters(named, positional);
    }

    private static Column literal(Value parameter, String timeZone) {
        DataType type = parameter.type() == null ? DataTypes.StringType : DataType.fromDDL(parameter.type());
        if (parameter.value() == null) {
            return ExpressionUtils.column(new Literal(null, type));
        }
        Literal text = new Literal(UTF8String.fromString(parameter.value()), DataTypes.StringType);
        Object value = new Cast(text, type, Option.apply(timeZone), EvalMode.ANSI()).eval(null);
        return ExpressionUtils.column(new Literal(value, type));
    }

    Dataset<Row> execute(SparkSession session, String sql) {
        if (named.isEmpty()) {
            return session.sql(sql);
        }
        return session.sql(positional ? withNames(sql) : sql, named);
    }

    /** Spark 4.2 with Delta's parser mixes up the order of more than a few {@code ?}, so they are given names. */
    private static String withNames(String sql) {
        AtomicInteger markers = new AtomicInteger();
        return SqlTokens.replace(
                sql,
                (previous, token) ->
                        token.getType() == SqlBaseLexer.QUESTION ? ":p" + markers.incrementAndGet() : null);
    }
}
