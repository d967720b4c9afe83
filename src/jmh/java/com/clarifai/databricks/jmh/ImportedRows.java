package com.clarifai.databricks.jmh;

import com.clarifai.databricks.csv.CsvOptions;
import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.csv.DialectOptions;
import com.clarifai.databricks.csv.UnpackLimits;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.mapping.ConceptIds;
import com.clarifai.databricks.mapping.ImportColumns;
import com.clarifai.databricks.mapping.ImportRowMapper;
import com.clarifai.databricks.mapping.InputRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** What an import does with each row of a CSV file, piece by piece; the time is that of one row. */
@OperationsPerInvocation(ImportedRows.ROWS)
public class ImportedRows extends SmallPiece {

    static final int ROWS = 1000;

    private static final List<String> NAMES = List.of("inputid", "input", "concepts", "metadata", "geopoints");
    private static final String SOURCE = "s3://bucket/rows.csv";

    private byte[] csv;
    private List<Map<String, String>> raw;
    private List<Map<String, Object>> rows;
    private ImportRowMapper mapper;

    @Setup
    public void makeRows() {
        mapper = new ImportRowMapper(ImportColumns.of(NAMES, null), ConceptIds.LABEL, (change, source) -> {});
        StringBuilder text = new StringBuilder(String.join(",", NAMES)).append('\n');
        raw = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String metadata = "{\"camera\": \"north\", \"shot\": " + i + "}";
            text.append("row-" + i + ",https://images.invalid/" + i + ".jpg,\"['cat', 'dog']\",\""
                    + metadata.replace("\"", "\"\"") + "\",\"[13.4, 52.5]\"\n");
            Map<String, String> row = new LinkedHashMap<>();
            row.put("inputid", "row-" + i);
            row.put("input", "https://images.invalid/" + i + ".jpg");
            row.put("concepts", "['cat', 'dog']");
            row.put("metadata", metadata);
            row.put("geopoints", "[13.4, 52.5]");
            raw.add(row);
        }
        csv = text.toString().getBytes(StandardCharsets.UTF_8);
        rows = raw.stream().map(row -> mapper.map(row, SOURCE)).toList();
    }

    /** Bytes to records. */
    @Benchmark
    public void read(Blackhole sink) throws IOException {
        CsvOptions options = new CsvOptions(SOURCE, csv.length, 1_000_000, UnpackLimits.DEFAULT, DialectOptions.UNTOLD);
        try (CsvReader reader = CsvReader.open(new ByteArrayInputStream(csv), options)) {
            reader.forEachRemaining(sink::consume);
        }
    }

    /** Cells to a row with concepts, metadata and a geo point. */
    @Benchmark
    public void map(Blackhole sink) {
        raw.forEach(row -> sink.consume(mapper.map(row, SOURCE)));
    }

    /** A row to the input of a request. */
    @Benchmark
    public void input(Blackhole sink) {
        rows.forEach(row -> sink.consume(InputRows.toInput(new HashMap<>(row))));
    }

    /** Rows to the file that SQL tracks them from. */
    @Benchmark
    public byte[] stage() {
        return RowFile.of(rows);
    }
}
