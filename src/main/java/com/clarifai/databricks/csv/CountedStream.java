package com.clarifai.databricks.csv;

import com.clarifai.databricks.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file as they come, counted, with what the connection failed with told apart from what they hold. */
final class CountedStream extends BulkInputStream {

    private final InputStream in;
    private long count;
    private IOException failure;

    CountedStream(InputStream in) {
        this.in = in;
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }

    /** What the file itself could not be read for; null while it can. */
    IOException failure() {
        return failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = in.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
