package com.clarifai.databricks.console;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.delta.RowPreview;
import com.clarifai.databricks.delta.TableName;
import com.google.common.primitives.Ints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Pages of a table's rows, sorted by one of its columns. */
public final class TableRows {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 500;
    /** Beyond it a page costs the warehouse more than anybody wants to wait. */
    private static final int MAX_OFFSET = 100_000;

    private static final String COLUMNS = "columns";

    /**
     * Sets the header {@code target}, the quoted name, and {@code most}, which is one row more than the page has, to tell
     * whether there is another one.
     */
    public void open(
            Exchange exchange,
            @Header("table") String table,
            @Header("limit") String limit,
            @Header("offset") String offset) {
        int most = between("limit", limit, 1, DEFAULT_LIMIT, MAX_LIMIT);
        TableName name = TableName.parse(table, null, null);
        exchange.getMessage().setHeader("target", name);
        exchange.getMessage().setHeader(DatabricksConstants.CATALOG, name.catalog());
        exchange.getMessage().setHeader(DatabricksConstants.SCHEMA, name.schema());
        exchange.getMessage().setHeader(DatabricksConstants.TABLE, name.table());
        exchange.getMessage().setHeader("limit", most);
        exchange.getMessage().setHeader("most", most + 1);
        exchange.getMessage().setHeader("offset", between("offset", offset, 0, 0, MAX_OFFSET));
    }

    /** @throws ApiException 400 naming the parameter, when the text is no such number */
    static int between(String name, String text, int least, int usual, int most) {
        Integer number = text == null ? Integer.valueOf(usual) : Ints.tryParse(text);
        if (number == null || number < least || number > most) {
            throw ApiException.invalidFields(Map.of(name, name + ": a number from " + least + " to " + most));
        }
        return number;
    }

    /**
     * The body is the table as Unity Catalog has it. Sets the headers {@code shown}, what to select, and {@code sorting},
     * what SQL says about the order.
     */
    @SuppressWarnings("unchecked")
    public void sort(
            Exchange exchange,
            @Body Map<String, Object> table,
            @Header("sort") String sort,
            @Header("order") String order,
            @Header("most") int most) {
        Map<String, String> types = new LinkedHashMap<>();
        ((List<Map<String, Object>>) table.get("columns"))
                .forEach(column -> types.put(column.get("name").toString(), String.valueOf(column.get("type_text"))));
        exchange.setProperty(COLUMNS, types);
        exchange.getMessage().setHeader("shown", RowPreview.select(types, most));
        exchange.getMessage().setHeader("sorting", sort == null ? "" : sorting(types.keySet(), sort, order));
    }

    private static String sorting(Set<String> columns, String column, String order) {
        // only names that the table has get into the statement
        if (!columns.contains(column)) {
            throw ApiException.invalidFields(Map.of("sort", "the table has no column " + column));
        }
        boolean descending = "desc".equalsIgnoreCase(order);
        return "ORDER BY `" + column.replace("`", "``") + "` " + (descending ? "DESC" : "ASC") + " NULLS LAST";
    }

    /** The body is one row with the number of rows, or empty where there is no such table. */
    public Map<String, Object> size(@Body List<Map<String, Object>> counted, @Header("target") TableName target) {
        boolean exists = !counted.isEmpty();
        return Map.of(
                "table",
                target.fullName(),
                "exists",
                exists,
                "rows",
                exists ? counted.get(0).get("row_count") : 0);
    }

    /** The body is the rows, of which the last may be one too many. */
    public Map<String, Object> page(
            @Body List<Map<String, Object>> rows,
            @ExchangeProperty(COLUMNS) Map<String, String> types,
            @Header("limit") int limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                COLUMNS,
                types.entrySet().stream()
                        .map(column -> Map.of("name", column.getKey(), "type", column.getValue()))
                        .toList());
        page.put("rows", RowPreview.rows(rows.stream().limit(limit).toList()));
        page.put("more", rows.size() > limit);
        return page;
    }
}
