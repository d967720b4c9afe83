package com.clarifai.databricks.sandbox.sql;

import com.databricks.internal.apache.thrift.TDeserializer;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.TSerializer;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as columns of values, as Hive has them: for answers about metadata, and for clients without Arrow.
 *
 * @param chunkBytes a chunk ends with the row that makes it so large
 */
record ColumnFormat(long chunkBytes) implements ThriftFormat {

    /** For metadata: the driver takes the first chunk for all of it. */
    static final ColumnFormat WHOLE = new ColumnFormat(Long.MAX_VALUE);

    static final ColumnFormat CHUNKS = new ColumnFormat(Chunks.BYTES);

    @Override
    public void describe(StructType schema, TGetResultSetMetadataResp metadata) {
        metadata.setResultFormat(TSparkRowSetType.COLUMN_BASED_SET);
    }

    @Override
    public TRowSet rows(byte[] chunk, long start, long count) throws TException {
        TRowSet rows = new TRowSet();
        new TDeserializer(new TBinaryProtocol.Factory()).deserialize(rows, chunk);
        return rows.setStartRowOffset(start);
    }

    @Override
    public TRowSet noRows(StructType schema, long start) {
        return new TRowSet(start, List.of()).setColumns(new ColumnValues(schema).columns());
    }

    @Override
    public Chunks encode(Dataset<Row> rows, long rowLimit) {
        Dataset<Row> limited = rowLimit < Integer.MAX_VALUE ? rows.limit((int) rowLimit) : rows;
        Dataset<Row> sent = ColumnTypes.sent(limited, ColumnValues::sent);
        return new ColumnChunks(sent.toLocalIterator(), rows.schema(), chunkBytes);
    }

    /** Chunks are serialized row sets. */
    private record ColumnChunks(Iterator<Row> rows, StructType schema, long chunkBytes) implements Chunks {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Chunk next() throws IOException {
            ColumnValues values = new ColumnValues(schema);
            while (rows.hasNext() && values.bytes() < chunkBytes) {
                values.add(rows.next());
            }
            try {
                byte[] bytes = new TSerializer(new TBinaryProtocol.Factory())
                        .serialize(new TRowSet(0, List.of()).setColumns(values.columns()));
                return new Chunk(bytes, values.rows());
            } catch (TException e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean truncated() {
            return rows.hasNext();
        }

        @Override
        public void close() {}
    }
}
