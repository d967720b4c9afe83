package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.delta.TableSource;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Reads the rows of a table through a copy of its own, in which each is JSON. */
public final class ImportTable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    private final ImportRows importRows = new ImportRows();

    /** Sets the headers {@code from} and {@code copy}: what to read and the name of the copy, as SQL takes them. */
    public void open(
            Exchange exchange,
            @Variable("run") Run run,
            @Header("target") TableName target,
            @Header("source") String source,
            @Header("format") String format) {
        exchange.getMessage().setHeader("from", TableSource.parse(source, format));
        exchange.getMessage().setHeader("copy", target.ofRun("clarifai_import", run.id()));
    }

    /** A page of the copy as rows of the inputs table. */
    public List<Map<String, Object>> rows(
            @Body List<Map<String, Object>> page,
            @Header("source") String source,
            @Header("columns") String columns,
            @Header("conceptIds") String conceptIds) {
        List<Map<String, Object>> rows = new ArrayList<>(page.size());
        importRows
                .ofTable(page.stream().map(ImportTable::columns).iterator(), source, columns, conceptIds)
                .forEachRemaining(rows::add);
        return rows;
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

    private static Map<String, Object> columns(Map<String, Object> row) {
        try {
            return JSON.readValue((String) row.get("row"), ROW);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("SQL's to_json gave no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
