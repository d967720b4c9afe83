package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.Iterators;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Body;

/** Rows of inputs that a job has read of a dataset, in files that Spark has written. */
public final class InputFiles {

    private static final String ROWS = ".gz";

    /** Those of a folder that hold rows: Spark puts others beside them. */
    public Iterator<VolumeFile> withRows(@Body Iterator<VolumeFile> files) {
        return Iterators.filter(files, file -> file.name().endsWith(ROWS));
    }

    /** The rows of one, made as they are asked for. */
    public Iterator<Map<String, Object>> rows(@Body byte[] file) {
        try {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(file)), StandardCharsets.UTF_8));
            return Iterators.transform(lines.lines().iterator(), InputFiles::row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the application's own reader makes it, in what is looked at before it is staged. */
    private static Map<String, Object> row(String line) {
        try {
            Map<String, Object> row = JsonText.object(line);
            row.computeIfPresent(InputColumns.INPUT_CREATED_AT, (column, time) -> Instant.parse(time.toString()));
            return row;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
