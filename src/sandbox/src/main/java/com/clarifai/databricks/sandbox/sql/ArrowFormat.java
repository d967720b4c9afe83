package com.clarifai.databricks.sandbox.sql;

import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSparkArrowBatch;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.util.ArrowUtils$;

/**
 * Rows as Arrow record batches. Arrays, maps, structs and variants are strings of JSON, intervals and void are strings;
 * each field's metadata tells what it is in SQL.
 */
record ArrowFormat(String timeZone) implements ThriftFormat {

    @Override
    public Chunks encode(Dataset<Row> rows, long rowLimit) {
        Dataset<Row> limited = rowLimit < Integer.MAX_VALUE ? rows.limit((int) rowLimit) : rows;
        var sent = (org.apache.spark.sql.classic.Dataset<Row>) ColumnTypes.sent(limited, ArrowFormat::sent);
        return new ArrowChunks(sent.queryExecution().executedPlan().executeToIterator(), arrowSchema(sent.schema()));
    }

    @Override
    public void describe(StructType schema, TGetResultSetMetadataResp metadata) {
        metadata.setResultFormat(TSparkRowSetType.ARROW_BASED_SET)
                .setLz4Compressed(false)
                .setArrowSchema(schema(schema));
    }

    @Override
    public TRowSet rows(byte[] chunk, long start, long count) {
        return new TRowSet(start, List.of())
                .setArrowBatches(List.of(new TSparkArrowBatch().setBatch(chunk).setRowCount(count)));
    }

    @Override
    public TRowSet noRows(StructType schema, long start) {
        return new TRowSet(start, List.of()).setArrowBatches(List.of());
    }

    /** The schema message that goes before the batches of rows with this schema. */
    private byte[] schema(StructType schema) {
        StructField[] fields = schema.fields();
        StructType sent = new StructType();
        for (StructField field : fields) {
            sent = sent.add(field.name(), sentType(field.dataType()), field.nullable());
        }
        List<Field> described = new ArrayList<>();
        for (Field field : arrowSchema(sent).getFields()) {
            DataType type = fields[described.size()].dataType();
            Map<String, String> metadata =
                    Map.of("Spark:DataType:SqlName", type.sql(), "Spark:DataType:JsonType", type.json());
            described.add(new Field(
                    field.getName(),
                    new FieldType(field.isNullable(), field.getType(), null, metadata),
                    field.getChildren()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), new Schema(described));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Schema arrowSchema(StructType schema) {
        return ArrowUtils$.MODULE$.toArrowSchema(schema, timeZone, false, false);
    }

    private static Column sent(Column column, DataType type) {
        return isJson(type) ? ColumnTypes.asJson(column) : column.cast(sentType(type));
    }

    private static DataType sentType(DataType type) {
        boolean text =
                isJson(type) || type instanceof NullType || type.typeName().startsWith("interval");
        return text ? DataTypes.StringType : type;
    }

    private static boolean isJson(DataType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof VariantType;
    }
}
