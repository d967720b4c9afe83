package com.clarifai.databricks.delta;

import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Rows as a gzip file with one JSON object a line, which SQL reads with {@code from_json(value, …)} and an explicit
 * schema. Times are ISO 8601 in UTC. Images ({@code byte[]}) are never written.
 */
public final class RowFile {

    private RowFile() {}

    public static byte[] of(List<Map<String, Object>> rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Writer gzip = new OutputStreamWriter(new GZIPOutputStream(file), StandardCharsets.UTF_8)) {
            for (Map<String, Object> row : rows) {
                write(row, gzip);
                gzip.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** The lines of such a file. */
    public static List<String> lines(List<Map<String, Object>> rows) {
        List<String> lines = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            StringWriter line = new StringWriter();
            try {
                write(row, line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static void write(Map<String, Object> row, Writer out) throws IOException {
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> column : row.entrySet()) {
                if (column.getValue() != null && !(column.getValue() instanceof byte[])) {
                    json.writePOJOField(column.getKey(), column.getValue());
                }
            }
            json.writeEndObject();
        }
    }
}
