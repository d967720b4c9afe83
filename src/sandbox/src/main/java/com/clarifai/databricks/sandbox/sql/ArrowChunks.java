package com.clarifai.databricks.sandbox.sql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.util.ArrowUtils$;
import scala.collection.Iterator;

/** Arrow's streaming format without its schema: each chunk one record batch. */
final class ArrowChunks implements Chunks {

    private final Iterator<InternalRow> rows;
    private final BufferAllocator allocator;
    private final VectorSchemaRoot batch;
    private final ArrowWriter writer;

    ArrowChunks(Iterator<InternalRow> rows, Schema schema) {
        this.rows = rows;
        allocator = ArrowUtils$.MODULE$.rootAllocator().newChildAllocator("result", 0, Long.MAX_VALUE);
        batch = VectorSchemaRoot.create(schema, allocator);
        writer = ArrowWriter.create(batch);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Chunk next() throws IOException {
        long bytes = 0;
        while (rows.hasNext() && bytes < BYTES) {
            InternalRow row = rows.next();
            writer.write(row);
            bytes += ((UnsafeRow) row).getSizeInBytes();
        }
        writer.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArrowRecordBatch message = new VectorUnloader(batch).getRecordBatch()) {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), message);
        }
        Chunk chunk = new Chunk(out.toByteArray(), batch.getRowCount());
        writer.reset();
        return chunk;
    }

    /** The protocol that has this format does not tell. */
    @Override
    public boolean truncated() {
        return false;
    }

    @Override
    public void close() {
        batch.close();
        allocator.close();
    }
}
