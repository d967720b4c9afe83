package com.clarifai.databricks.console;

import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.csv.CsvRecord;
import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.RowPreview;
import com.clarifai.databricks.delta.TableSource;
import com.clarifai.databricks.flow.source.CsvFile;
import com.clarifai.databricks.flow.source.CsvLocation;
import com.clarifai.databricks.flow.source.ImportRows;
import com.clarifai.databricks.mapping.ImportColumn;
import com.clarifai.databricks.mapping.ImportColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The first rows of what an import would read, and which column it would take as what. */
public final class SourceSample {

    private static final int ROWS = 20;
    private static final int MAX_CELL_CHARACTERS = 500;
    private static final String TABLE = "sourceTable";
    private static final String TYPES = "sourceTypes";

    /** @throws ApiException 400 when it is no place for CSV files */
    public void checkFiles(@Header("source") String source) {
        try {
            CsvLocation.check(Objects.toString(source, ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidFields(Map.of("source", e.getMessage()));
        }
    }

    /** What has been opened; no more of it is read than that. */
    public Map<String, Object> ofCsv(
            @Variable("csv") CsvReader csv, @Variable("file") CsvFile file, @Header("columns") String mapping) {
        List<String> names = ImportRows.columns(csv, file);
        List<Map<String, Object>> rows = new ArrayList<>();
        while (rows.size() < ROWS && csv.hasNext()) {
            CsvRecord record = csv.next();
            if (!record.isRefused()) {
                rows.add(row(names, record.values()));
            }
        }
        boolean more = csv.hasNext();
        Map<String, Object> sample = sample(file.uri(), names, mapping, rows, more);
        sample.put("readAs", csv.readAs());
        return sample;
    }

    private static Map<String, Object> row(List<String> names, List<String> values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            String value = values.get(i);
            boolean isLong = value.length() > MAX_CELL_CHARACTERS;
            row.put(names.get(i), isLong ? value.substring(0, MAX_CELL_CHARACTERS) + "…" : value);
        }
        return row;
    }

    /** Sets the header {@code table}, as SQL takes it, and {@code most}. @throws ApiException 400 when it is none */
    public void openTable(Exchange exchange, @Header("source") String source, @Header("format") String format) {
        try {
            TableSource table = TableSource.parse(Objects.toString(source, "").strip(), format);
            exchange.setProperty(TABLE, table.name());
            exchange.getMessage().setHeader("table", table);
            exchange.getMessage().setHeader("most", ROWS + 1);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidFields(Map.of("source", e.getMessage()));
        }
    }

    /** The body is the columns as {@code DESCRIBE QUERY} gives them. Sets the header {@code shown}, what to select. */
    public void columns(Exchange exchange, @Body List<Map<String, Object>> description) {
        Map<String, String> types = Columns.asWritten(description);
        exchange.setProperty(TYPES, types);
        exchange.getMessage().setHeader("shown", RowPreview.select(types, ROWS + 1));
    }

    /** The body is the rows, of which the last may be one too many. */
    public Map<String, Object> ofTable(
            @Body List<Map<String, Object>> rows,
            @ExchangeProperty(TABLE) String name,
            @ExchangeProperty(TYPES) Map<String, String> types,
            @Header("columns") String mapping) {
        List<Map<String, Object>> shown =
                RowPreview.rows(rows.stream().limit(ROWS).toList());
        return sample(name, types.keySet(), mapping, shown, rows.size() > ROWS);
    }

    private static Map<String, Object> sample(
            String source, Collection<String> names, String mapping, List<Map<String, Object>> rows, boolean more) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("source", source);
        sample.put("columns", names);
        sample.put("wanted", wanted(ImportColumns.proposed(names, mapping)));
        sample.put("rows", rows);
        sample.put("more", more);
        return sample;
    }

    private static List<Map<String, Object>> wanted(Map<ImportColumn, String> proposed) {
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (ImportColumn column : ImportColumn.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", column.columnName());
            one.put("required", column.mandatory());
            one.put("column", proposed.get(column));
            wanted.add(one);
        }
        return wanted;
    }
}
