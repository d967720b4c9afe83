package com.clarifai.databricks.sandbox.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.types.StructType;

/** A statement's encoded rows in a temporary file, so that a large result takes no memory while it waits for its reader. */
final class Result implements AutoCloseable {

    private static final Chunks NO_CHUNKS = new Chunks() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Chunk next() {
            throw new NoSuchElementException();
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public void close() {}
    };

    record Chunk(int index, long rowOffset, long rowCount, long position, int byteCount) {}

    private final StructType schema;
    private final FileChannel file;
    private final List<Chunk> chunks = new ArrayList<>();
    private final boolean truncated;

    /** @param schema of the rows, whatever form the chunks give them */
    Result(StructType schema, Chunks encoded) throws IOException {
        this.schema = schema;
        Path path = Files.createTempFile("sandbox-result", null);
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            while (encoded.hasNext()) {
                append(encoded.next());
            }
            truncated = encoded.truncated();
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** Of a statement that gives no rows. */
    static Result empty() throws IOException {
        return new Result(new StructType(), NO_CHUNKS);
    }

    private void append(Chunks.Chunk chunk) throws IOException {
        long position = file.position();
        ByteBuffer buffer = ByteBuffer.wrap(chunk.bytes());
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        chunks.add(new Chunk(chunks.size(), rowCount(), chunk.rows(), position, chunk.bytes().length));
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

    /** A chunk as it was encoded. */
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
