package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.TableKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Prepares one {@code MERGE} of a batch of rows into any table. The kamelet of the Delta sink calls it by name. */
public final class MergeRows {

    /** @throws IllegalArgumentException when that is no name of a table with its catalog and schema */
    public TableName table(String fullName) {
        return TableName.parse(fullName, null, null);
    }

    /**
     * Reads the exchange property {@code rows} and sets {@code distinct} (of several rows with one key the last),
     * {@code types} (the columns as {@code from_json} takes them, in a SQL literal) and {@code merge}.
     *
     * @param description what {@code DESCRIBE TABLE EXTENDED} says
     * @param force whether the table may be one that this program did not make
     * @throws IllegalArgumentException when the table is somebody else's, or a row has no key
     */
    public void plan(Exchange exchange, List<Map<String, Object>> description, String key, boolean force) {
        if (!force) {
            TableKind.againstAny(description).ifPresent(against -> {
                throw new ForeignTableException(exchange.getProperty("target", TableName.class), against);
            });
        }
        List<Map<String, Object>> rows = rows(exchange);
        Columns table = Columns.of(description);
        Columns columns = new Columns(table.types().entrySet().stream()
                .filter(column -> rows.stream().anyMatch(row -> has(row, column.getKey())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first, LinkedHashMap::new)));
        if (!columns.has(key)) {
            throw new IllegalArgumentException(
                    "no row of the batch has a " + key + ", or the table has no such column");
        }
        exchange.setProperty("distinct", List.copyOf(distinct(rows, key)));
        exchange.setProperty("types", types(columns));
        exchange.setProperty("merge", new TableMerge(table, columns, key));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Exchange exchange) {
        return exchange.getProperty("rows", List.class);
    }

    /** SQL does not tell upper from lower case. */
    private static boolean has(Map<String, Object> row, String column) {
        return row.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(column));
    }

    private static Collection<Map<String, Object>> distinct(List<Map<String, Object>> rows, String key) {
        Map<List<Object>, Map<String, Object>> byKey = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            if (row.get(key) == null) {
                throw new IllegalArgumentException("a row of the batch has no " + key);
            }
            byKey.put(
                    Stream.concat(Stream.of(key), TableMerge.OWNER.stream())
                            .map(row::get)
                            .toList(),
                    row);
        }
        return byKey.values();
    }

    private static String types(Columns columns) {
        return columns.types().entrySet().stream()
                .map(column -> "`" + column.getKey().replace("`", "``") + "` " + column.getValue())
                .collect(Collectors.joining(", "))
                .replace("\\", "\\\\")
                .replace("'", "\\'");
    }
}
