package com.clarifai.databricks.sandbox.sql;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.jdbc.model.client.thrift.generated.TCLIServiceConstants;
import com.databricks.jdbc.model.client.thrift.generated.TColumnDesc;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;
import com.databricks.jdbc.model.client.thrift.generated.TPrimitiveTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TTableSchema;
import com.databricks.jdbc.model.client.thrift.generated.TTypeDesc;
import com.databricks.jdbc.model.client.thrift.generated.TTypeEntry;
import com.databricks.jdbc.model.client.thrift.generated.TTypeId;
import com.databricks.jdbc.model.client.thrift.generated.TTypeQualifierValue;
import com.databricks.jdbc.model.client.thrift.generated.TTypeQualifiers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the Thrift protocol tells of a statement, and how far its result has been fetched. */
final class ThriftResult {

    private final Statement statement;
    private final ThriftFormat format;
    private int nextChunk;

    ThriftResult(Statement statement, ThriftFormat format) {
        this.statement = statement;
        this.format = format;
    }

    TGetOperationStatusResp status() {
        TGetOperationStatusResp answer = new TGetOperationStatusResp(ThriftStatus.success())
                .setHasResultSet(true)
                .setOperationState(
                        switch (statement.state()) {
                            case PENDING -> TOperationState.PENDING_STATE;
                            case RUNNING -> TOperationState.RUNNING_STATE;
                            case SUCCEEDED -> TOperationState.FINISHED_STATE;
                            case FAILED -> TOperationState.ERROR_STATE;
                            case CANCELED -> TOperationState.CANCELED_STATE;
                            case CLOSED -> TOperationState.CLOSED_STATE;
                        });
        statement.error().ifPresent(error -> answer.setSqlState(error.sqlState())
                .setErrorMessage(
                        "org.apache.hive.service.cli.HiveSQLException: Error running query: " + error.message())
                .setDisplayMessage(error.message()));
        return answer;
    }

    TGetResultSetMetadataResp metadata() {
        Optional<Result> result = statement.result();
        if (result.isEmpty()) {
            return new TGetResultSetMetadataResp(noResult());
        }
        StructType schema = result.get().schema();
        List<TColumnDesc> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            columns.add(new TColumnDesc(field.name(), describe(field.dataType()), columns.size() + 1));
        }
        TGetResultSetMetadataResp answer = new TGetResultSetMetadataResp(ThriftStatus.success())
                .setSchema(new TTableSchema(columns))
                .setIsStagingOperation(false);
        format.describe(schema, answer);
        return answer;
    }

    /**
     * A chunk of rows.
     *
     * @param rowOffset the first of them, null for the one after those of the last call
     */
    synchronized TFetchResultsResp fetch(Long rowOffset) throws IOException, TException {
        Optional<Result> found = statement.result();
        if (found.isEmpty()) {
            return new TFetchResultsResp(noResult());
        }
        Result result = found.get();
        if (rowOffset != null) {
            nextChunk = indexOf(rowOffset, result);
        }
        TRowSet rows = format.noRows(result.schema(), result.rowCount());
        if (nextChunk < result.chunks().size()) {
            Result.Chunk chunk = result.chunks().get(nextChunk++);
            rows = format.rows(result.read(chunk), chunk.rowOffset(), chunk.rowCount());
        }
        return new TFetchResultsResp(ThriftStatus.success())
                .setHasMoreRows(nextChunk < result.chunks().size())
                .setResults(rows);
    }

    private static int indexOf(long row, Result result) {
        for (Result.Chunk chunk : result.chunks()) {
            if (chunk.rowOffset() == row) {
                return chunk.index();
            }
        }
        if (row == result.rowCount()) {
            return result.chunks().size();
        }
        throw new IllegalArgumentException("no chunk begins with row " + row);
    }

    private TStatus noResult() {
        return ThriftStatus.error(
                new SqlError("BAD_REQUEST", "The operation has no result: " + statement.state(), "HY000"));
    }

    private static TTypeDesc describe(DataType type) {
        TPrimitiveTypeEntry entry = new TPrimitiveTypeEntry(typeId(type));
        if (type instanceof DecimalType decimal) {
            entry.setTypeQualifiers(new TTypeQualifiers(Map.of(
                    TCLIServiceConstants.PRECISION,
                    TTypeQualifierValue.i32Value(decimal.precision()),
                    TCLIServiceConstants.SCALE,
                    TTypeQualifierValue.i32Value(decimal.scale()))));
        }
        return new TTypeDesc(List.of(TTypeEntry.primitiveEntry(entry)));
    }

    private static TTypeId typeId(DataType type) {
        return switch (ColumnTypes.typeName(type)) {
            case "BOOLEAN" -> TTypeId.BOOLEAN_TYPE;
            case "BYTE" -> TTypeId.TINYINT_TYPE;
            case "SHORT" -> TTypeId.SMALLINT_TYPE;
            case "INT" -> TTypeId.INT_TYPE;
            case "LONG" -> TTypeId.BIGINT_TYPE;
            case "FLOAT" -> TTypeId.FLOAT_TYPE;
            case "DOUBLE" -> TTypeId.DOUBLE_TYPE;
            case "DECIMAL" -> TTypeId.DECIMAL_TYPE;
            case "DATE" -> TTypeId.DATE_TYPE;
            case "TIMESTAMP", "TIMESTAMP_NTZ" -> TTypeId.TIMESTAMP_TYPE;
            case "BINARY" -> TTypeId.BINARY_TYPE;
            case "ARRAY" -> TTypeId.ARRAY_TYPE;
            case "MAP" -> TTypeId.MAP_TYPE;
            case "STRUCT" -> TTypeId.STRUCT_TYPE;
            // variants and intervals too; the Arrow schema tells more
            default -> TTypeId.STRING_TYPE;
        };
    }
}
