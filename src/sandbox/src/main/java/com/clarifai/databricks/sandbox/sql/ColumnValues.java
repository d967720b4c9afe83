package com.clarifai.databricks.sandbox.sql;

import com.databricks.jdbc.model.client.thrift.generated.TBinaryColumn;
import com.databricks.jdbc.model.client.thrift.generated.TBoolColumn;
import com.databricks.jdbc.model.client.thrift.generated.TByteColumn;
import com.databricks.jdbc.model.client.thrift.generated.TColumn;
import com.databricks.jdbc.model.client.thrift.generated.TDoubleColumn;
import com.databricks.jdbc.model.client.thrift.generated.TI16Column;
import com.databricks.jdbc.model.client.thrift.generated.TI32Column;
import com.databricks.jdbc.model.client.thrift.generated.TI64Column;
import com.databricks.jdbc.model.client.thrift.generated.TStringColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Collects rows column by column, as the Thrift protocol sends them without Arrow. */
final class ColumnValues {

    private static final int VALUE_BYTES = 8;

    private final StructField[] fields;
    private final List<List<Object>> values;
    private int rows;
    private long bytes;

    ColumnValues(StructType schema) {
        fields = schema.fields();
        values = IntStream.range(0, fields.length)
                .<List<Object>>mapToObj(i -> new ArrayList<>())
                .toList();
    }

    /** The column as rows for {@link #add} must have it: text for what the protocol has no type for. */
    static Column sent(Column column, DataType type) {
        if (type instanceof FloatType) {
            return column.cast("double");
        }
        return switch (ColumnTypes.typeName(type)) {
            case "BOOLEAN", "BYTE", "SHORT", "INT", "LONG", "DOUBLE", "BINARY", "STRING" -> column;
            case "ARRAY", "MAP", "STRUCT", "VARIANT" -> ColumnTypes.asJson(column);
            default -> column.cast("string");
        };
    }

    void add(Row row) {
        for (int i = 0; i < fields.length; i++) {
            Object value = row.get(i);
            values.get(i).add(value);
            bytes += value instanceof String text ? text.length() : VALUE_BYTES;
        }
        rows++;
    }

    int rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    List<TColumn> columns() {
        List<TColumn> columns = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            columns.add(column(fields[i].dataType(), values.get(i)));
        }
        return columns;
    }

    private static TColumn column(DataType type, List<Object> values) {
        ByteBuffer nulls = nulls(values);
        return switch (ColumnTypes.typeName(type)) {
            case "BOOLEAN" -> TColumn.boolVal(new TBoolColumn(as(values, false, v -> (Boolean) v), nulls));
            case "BYTE" -> TColumn.byteVal(new TByteColumn(as(values, (byte) 0, v -> (Byte) v), nulls));
            case "SHORT" -> TColumn.i16Val(new TI16Column(as(values, (short) 0, v -> (Short) v), nulls));
            case "INT" -> TColumn.i32Val(new TI32Column(as(values, 0, v -> (Integer) v), nulls));
            case "LONG" -> TColumn.i64Val(new TI64Column(as(values, 0L, v -> (Long) v), nulls));
            case "FLOAT", "DOUBLE" -> TColumn.doubleVal(new TDoubleColumn(as(values, 0.0, v -> (Double) v), nulls));
            case "BINARY" ->
                TColumn.binaryVal(
                        new TBinaryColumn(as(values, ByteBuffer.allocate(0), v -> ByteBuffer.wrap((byte[]) v)), nulls));
            default -> TColumn.stringVal(new TStringColumn(as(values, "", v -> (String) v), nulls));
        };
    }

    private static <T> List<T> as(List<Object> values, T forNull, Function<Object, T> cast) {
        return values.stream()
                .map(value -> value == null ? forNull : cast.apply(value))
                .toList();
    }

    /** A bit for each row, the lowest of a byte first. */
    private static ByteBuffer nulls(List<Object> values) {
        BitSet bits = new BitSet();
        IntStream.range(0, values.size()).filter(i -> values.get(i) == null).forEach(bits::set);
        return ByteBuffer.wrap(bits.toByteArray());
    }
}
