package com.clarifai.databricks.delta;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Rows as a gzip file with one JSON object a line, which SQL reads with {@code from_json(value, …)} and an explicit
 * schema. Times are ISO 8601 in UTC. Images ({@code byte[]}) are never written.
 */
public final class RowFile {

    private static final ObjectWriter JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .writer();

    private RowFile() {}

    public static byte[] of(List<Map<String, Object>> rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(file);
                JsonGenerator json = JSON.createGenerator(gzip)) {
            json.setRootValueSeparator(null);
            for (Map<String, Object> row : rows) {
                json.writeStartObject();
                for (Map.Entry<String, Object> column : row.entrySet()) {
                    if (column.getValue() != null && !(column.getValue() instanceof byte[])) {
                        json.writePOJOField(column.getKey(), column.getValue());
                    }
                }
                json.writeEndObject();
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
