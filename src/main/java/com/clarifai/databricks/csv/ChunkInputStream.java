package com.clarifai.databricks.csv;

import com.clarifai.databricks.io.BulkInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream whose bytes are made chunk by chunk. */
abstract class ChunkInputStream extends BulkInputStream {

    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /**
     * The next bytes, as many as there happen to be, which may be none; null at the end. They are read before the next
     * ones are asked for.
     */
    abstract ByteBuffer next() throws IOException;

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        while (!chunk.hasRemaining()) {
            ByteBuffer next = next();
            if (next == null) {
                return -1;
            }
            chunk = next;
        }
        int count = Math.min(length, chunk.remaining());
        chunk.get(target, offset, count);
        return count;
    }
}
