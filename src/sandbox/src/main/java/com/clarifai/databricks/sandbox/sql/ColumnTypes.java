package com.clarifai.databricks.sandbox.sql;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.to_json;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.sql.types.VariantType;

/** Spark's types as the SQL Execution API names them, and their values in its {@code JSON_ARRAY} format. */
final class ColumnTypes {

    private ColumnTypes() {}

    /** The API's {@code ColumnInfo.type_name}. */
    static String typeName(DataType type) {
        if (type instanceof LongType) {
            return "LONG";
        } else if (type instanceof IntegerType) {
            return "INT";
        } else if (type instanceof ShortType) {
            return "SHORT";
        } else if (type instanceof ByteType) {
            return "BYTE";
        } else if (type instanceof DecimalType) {
            return "DECIMAL";
        } else if (type instanceof NullType) {
            return "NULL";
        } else if (type instanceof StringType || type instanceof VarcharType) {
            return "STRING";
        } else if (type instanceof CharType) {
            return "CHAR";
        } else if (type.typeName().startsWith("interval")) {
            return "INTERVAL";
        }
        return type.typeName().toUpperCase(Locale.ROOT);
    }

    /** Every column as the text that the API sends: ISO 8601 times, base64, and JSON for what is made of parts. */
    static Dataset<Row> asText(Dataset<Row> rows) {
        return sent(rows, ColumnTypes::asText);
    }

    /**
     * Every column in another form, under the names {@code _0}, {@code _1} and so on: two columns of a query may have the
     * same name.
     */
    static Dataset<Row> sent(Dataset<Row> rows, BiFunction<Column, DataType, Column> form) {
        StructField[] fields = rows.schema().fields();
        String[] names = new String[fields.length];
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < fields.length; i++) {
            names[i] = "_" + i;
            columns[i] = form.apply(new Column(names[i]), fields[i].dataType()).as(names[i]);
        }
        return rows.toDF(names).select(columns);
    }

    private static Column asText(Column column, DataType type) {
        if (type instanceof StringType) {
            return column;
        } else if (type instanceof BinaryType) {
            return base64(column);
        } else if (type instanceof TimestampType) {
            return date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
        } else if (type instanceof TimestampNTZType) {
            return date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
        } else if (type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof VariantType) {
            return asJson(column);
        }
        return column.cast("string");
    }

    static Column asJson(Column column) {
        return to_json(column, Map.of("ignoreNullFields", "false"));
    }
}
