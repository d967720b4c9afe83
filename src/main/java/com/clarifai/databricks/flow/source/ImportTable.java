package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.JsonRow;
import com.clarifai.databricks.delta.SqlType;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.delta.TableSource;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.TableCopy;
import com.clarifai.databricks.mapping.ImportColumns;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Reads the rows of a table through a copy of its own, in which each is JSON. */
public final class ImportTable {

    /** Of a row that is rejected because it is too long: enough for its id and its URL. */
    private static final int MAX_IDENTITY_CHARACTERS = 2_000;

    private final ImportRows importRows = new ImportRows();
    private long maxRowBytes;

    /** A row whose imported columns are longer as JSON is rejected. */
    public void setMaxRowBytes(long maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    /** Settles what is read, and the name of the copy. */
    public void open(
            @Variable(Run.VARIABLE) Run run, @Header("source") String source, @Header("format") String format) {
        TableName copy = run.tables().main().ofRun("clarifai_import", run.id());
        run.readThrough(TableCopy.of(TableSource.parse(source, format), copy));
    }

    /**
     * Settles which columns the copy has: those that an import takes as one JSON object, and what of them tells which row it
     * is.
     *
     * @param description the columns of the table, as {@code DESCRIBE QUERY} gives them
     * @throws UnreadableSourceException when a column is missing, or is binary
     */
    public void columns(
            @Variable(Run.VARIABLE) Run run,
            @Body List<Map<String, Object>> description,
            @Header("columns") String mapping) {
        Map<String, String> types = Columns.asWritten(description);
        ImportColumns columns = ImportColumns.of(types.keySet(), mapping);
        columns.names().forEach(name -> refuseNoText(name, types.get(name)));
        ImportRows.noteUnknown(columns, run, run.copy().from().name());
        run.readThrough(run.copy()
                .with(
                        types,
                        JsonRow.select(columns.names()),
                        JsonRow.beginnings(columns.names(), columns.identity(), MAX_IDENTITY_CHARACTERS)));
    }

    private static void refuseNoText(String name, String type) {
        String word = type.toUpperCase(Locale.ROOT).split("[^A-Z]", 2)[0];
        switch (word) {
            case "BINARY" ->
                throw new UnreadableSourceException("The column " + name + " is BINARY, and an import takes text:"
                        + " read a view that casts it to STRING. Pictures are imported from volumes or by URL");
            case "GEOGRAPHY", "GEOMETRY" ->
                throw new UnreadableSourceException("The column " + name + " is " + word + ", and an import takes text:"
                        + " read a view that has it as st_astext(" + name + ")");
            default -> {
                // has a form in JSON
            }
        }
    }

    /** A page of the copy as rows of the inputs table. */
    public List<Map<String, Object>> rows(
            @Body List<Map<String, Object>> page,
            @Variable(Run.VARIABLE) Run run,
            @Header("columns") String columns,
            @Header("conceptIds") String conceptIds) {
        List<Map<String, Object>> rows = new ArrayList<>(page.size());
        Map<String, SqlType> floating = new HashMap<>();
        String source = run.copy().from().name();
        run.copy().types().forEach((name, type) -> floating.put(name, SqlType.of(type)));
        importRows
                .ofRows(page.stream().map(row -> row(row, floating)).iterator(), run, source, columns, conceptIds)
                .forEachRemaining(rows::add);
        return rows;
    }

    private ImportRows.TableRow row(Map<String, Object> copied, Map<String, SqlType> types) {
        long bytes = ((Number) copied.get("bytes")).longValue();
        String problem = bytes <= maxRowBytes
                ? null
                : "the row has " + bytes + " bytes, more than the " + maxRowBytes + " allowed (import.max-row-bytes)";
        Map<String, Object> columns = JsonRow.columns(copied);
        columns.replaceAll(
                (name, value) -> types.containsKey(name) ? types.get(name).restored(value) : value);
        return new ImportRows.TableRow(columns, problem);
    }

    /**
     * The pages have been read.
     *
     * @param counted one row, with how many rows the copy has
     * @throws IllegalStateException when they were not all of them
     */
    public void allRead(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> counted) {
        long copied = ((Number) counted.get(0).get("copied")).longValue();
        if (run.get(Run.Count.READ) != copied) {
            throw new IllegalStateException("of " + copied + " rows of the table only " + run.get(Run.Count.READ)
                    + " were read; run it again, and report this as a defect");
        }
    }
}
