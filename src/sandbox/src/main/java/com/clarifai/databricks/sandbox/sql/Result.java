package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A statement's rows as chunks of JSON in a temporary file, so that a large result takes no memory while it waits for
 * its reader. A chunk ends with the row that makes it {@value #CHUNK_BYTES} bytes or more.
 */
final class Result implements AutoCloseable {

    static final int CHUNK_BYTES = 4 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    record Chunk(int index, long rowOffset, long rowCount, long position, int byteCount) {}

    private final StructType schema;
    private final FileChannel file;
    private final List<Chunk> chunks = new ArrayList<>();
    private final boolean truncated;

    /**
     * @param schema of the values before they became text
     * @param texts rows of strings
     * @param limit rows to keep
     */
    Result(StructType schema, Iterator<Row> texts, long limit) throws IOException {
        this.schema = schema;
        Path path = Files.createTempFile("sandbox-result", ".json");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            while (rowCount() < limit && texts.hasNext()) {
                append(texts, limit - rowCount());
            }
            truncated = texts.hasNext();
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    private void append(Iterator<Row> texts, long limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rows = 0;
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            while (rows < limit && texts.hasNext() && bytes.size() < CHUNK_BYTES) {
                Row row = texts.next();
                json.writeStartArray();
                for (int i = 0; i < row.length(); i++) {
                    json.writeString(row.getString(i));
                }
                json.writeEndArray();
                rows++;
            }
            json.writeEndArray();
        }
        long position = file.position();
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        chunks.add(new Chunk(chunks.size(), rowCount(), rows, position, bytes.size()));
    }

    StructType schema() {
        return schema;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    /** Whether there were more rows than the limit. */
    boolean truncated() {
        return truncated;
    }

    long rowCount() {
        if (chunks.isEmpty()) {
            return 0;
        }
        Chunk last = chunks.get(chunks.size() - 1);
        return last.rowOffset() + last.rowCount();
    }

    /** A chunk's rows, a JSON array of arrays of strings and nulls in UTF-8. */
    byte[] read(Chunk chunk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(chunk.byteCount());
        while (bytes.hasRemaining() && file.read(bytes, chunk.position() + bytes.position()) >= 0) {}
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
