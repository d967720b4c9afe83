package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The {@code JSON_ARRAY} format: each chunk an array of arrays of strings and nulls in UTF-8, all together of limited size. */
final class JsonChunks implements Chunks {

    private static final JsonFactory JSON = new JsonFactory();

    private final Iterator<Row> texts;
    private long left;
    private long bytes;

    JsonChunks(Dataset<Row> rows, long rowLimit) {
        Dataset<Row> limited = rowLimit < Integer.MAX_VALUE ? rows.limit((int) rowLimit + 1) : rows;
        texts = ColumnTypes.asText(limited).toLocalIterator();
        left = rowLimit;
    }

    @Override
    public boolean hasNext() {
        return left > 0 && texts.hasNext();
    }

    @Override
    public Chunk next() throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        long rows = 0;
        try (JsonGenerator json = JSON.createGenerator(chunk)) {
            json.writeStartArray();
            while (hasNext() && chunk.size() < BYTES) {
                Row row = texts.next();
                json.writeStartArray();
                for (int i = 0; i < row.length(); i++) {
                    json.writeString(row.getString(i));
                }
                json.writeEndArray();
                rows++;
                left--;
            }
            json.writeEndArray();
        }
        bytes += chunk.size();
        if (bytes > InlineLimitException.MAX_BYTES) {
            throw new InlineLimitException();
        }
        return new Chunk(chunk.toByteArray(), rows);
    }

    @Override
    public boolean truncated() {
        return texts.hasNext();
    }

    @Override
    public void close() {}
}
