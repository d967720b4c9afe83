package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.JsonRow;
import com.clarifai.databricks.delta.SqlType;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.delta.TableSource;
import com.clarifai.databricks.mapping.ImportColumns;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
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

    /**
     * Sets the headers {@code from} and {@code copy}, what to read and the name of the copy, as SQL takes them, and {@code
     * source} to the name without what SQL puts around it.
     */
    public void open(
            Exchange exchange,
            @Variable("run") Run run,
            @Header("target") TableName target,
            @Header("source") String source,
            @Header("format") String format) {
        TableSource from = TableSource.parse(source, format);
        exchange.getMessage().setHeader("from", from);
        exchange.getMessage().setHeader("source", from.name());
        exchange.getMessage().setHeader("copy", target.ofRun("clarifai_import", run.id()));
    }

    /**
     * Sets the headers {@code taken} and {@code identity}, which SQL takes: the columns that an import takes as a JSON
     * object, and what of them tells which row it is.
     *
     * @param description the columns of the table, as {@code DESCRIBE QUERY} gives them
     * @throws UnreadableSourceException when a column is missing, or is binary
     */
    public void columns(
            Exchange exchange,
            @Variable(Runs.VARIABLE) Run run,
            @Body List<Map<String, Object>> description,
            @Header("source") String source,
            @Header("columns") String mapping) {
        Map<String, String> types = Columns.asWritten(description);
        ImportColumns columns = ImportColumns.of(types.keySet(), mapping);
        columns.names().forEach(name -> refuseNoText(name, types.get(name)));
        ImportRows.noteUnknown(columns, run, source);
        exchange.getMessage().setHeader("types", types);
        exchange.getMessage().setHeader("taken", JsonRow.select(columns.names()));
        exchange.getMessage()
                .setHeader(
                        "identity", JsonRow.beginnings(columns.names(), columns.identity(), MAX_IDENTITY_CHARACTERS));
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

    /**
     * A page of the copy as rows of the inputs table.
     *
     * @param types of the columns, as SQL writes them
     */
    public List<Map<String, Object>> rows(
            @Body List<Map<String, Object>> page,
            @Variable(Runs.VARIABLE) Run run,
            @Header("types") Map<String, String> types,
            @Header("source") String source,
            @Header("columns") String columns,
            @Header("conceptIds") String conceptIds) {
        List<Map<String, Object>> rows = new ArrayList<>(page.size());
        Map<String, SqlType> floating = new HashMap<>();
        types.forEach((name, type) -> floating.put(name, SqlType.of(type)));
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
     * @param copied how many rows the copy has
     * @throws IllegalStateException when they were not all of them
     */
    public void allRead(@Variable(Runs.VARIABLE) Run run, @Header("copied") long copied) {
        if (run.get(Run.Count.READ) != copied) {
            throw new IllegalStateException("of " + copied + " rows of the table only " + run.get(Run.Count.READ)
                    + " were read; run it again, and report this as a defect");
        }
    }
}
