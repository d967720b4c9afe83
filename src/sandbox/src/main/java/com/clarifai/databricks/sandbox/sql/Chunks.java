package com.clarifai.databricks.sandbox.sql;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows in the form in which a protocol sends them, some at a time. */
interface Chunks extends AutoCloseable {

    /** A chunk ends with the row that makes it so many bytes or more. */
    int BYTES = 4 << 20;

    record Chunk(byte[] bytes, long rows) {}

    /** A protocol's form of rows. */
    @FunctionalInterface
    interface Format {

        /** @param rowLimit rows to give at most */
        Chunks encode(Dataset<Row> rows, long rowLimit);
    }

    boolean hasNext();

    Chunk next() throws IOException;

    /** Whether there are more rows than the limit, once there is no next chunk. */
    boolean truncated();

    @Override
    void close();
}
