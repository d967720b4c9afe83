package com.clarifai.databricks.console;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.base.CaseFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The runs in the history of a schema. */
public final class RunsHistory {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 500;
    private static final List<String> TIMES = List.of("started_at", "ended_at", "read_until");
    private static final List<String> JSON_COLUMNS = List.of("parameters", "counts");

    /** As parameters are called. */
    private static final Map<String, String> NAMES = Map.of("app_id", "app", "dataset_id", "dataset");

    private String table;

    public void setTable(String table) {
        this.table = table;
    }

    /** Sets the headers {@code history}, its quoted name, and {@code limit}. */
    public void open(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("limit") String limit) {
        exchange.getMessage().setHeader(DatabricksConstants.CATALOG, catalog);
        exchange.getMessage().setHeader(DatabricksConstants.SCHEMA, schema);
        exchange.getMessage().setHeader(DatabricksConstants.TABLE, table);
        exchange.getMessage().setHeader("history", new TableName(catalog, schema, table));
        exchange.getMessage().setHeader("limit", TableRows.between("limit", limit, 1, DEFAULT_LIMIT, MAX_LIMIT));
    }

    /** No rows: there is no history yet. */
    public List<Map<String, Object>> none() {
        return List.of();
    }

    /** The body is the rows, newest first. */
    public Map<String, Object> items(@Body List<Map<String, Object>> rows) {
        return Map.of("items", rows.stream().map(RunsHistory::item).toList());
    }

    private static Map<String, Object> item(Map<String, Object> row) {
        Map<String, Object> item = new LinkedHashMap<>();
        row.forEach((column, value) -> item.put(
                NAMES.getOrDefault(column, CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, column)),
                JSON_COLUMNS.contains(column) ? parsed(value) : TIMES.contains(column) ? time(value) : value));
        return item;
    }

    private static String time(Object micros) {
        return micros == null ? null : SqlTime.ofMicros(micros).toString();
    }

    private static Object parsed(Object json) {
        try {
            return json == null ? null : JsonText.object(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the runs table holds something that is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
