package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.View;

/**
 * What readers of a table see: the rows that a function lets through, and what functions make of single columns. A file in
 * the table's directory, which Delta passes over.
 *
 * @param filter null for all rows
 * @param masks by the name of the column in lower case
 */
record TablePolicies(Call filter, Map<String, Call> masks) {

    /** The name of the row in the query that a reader gets. */
    static final String ROW = "`_row`";

    private static final String FILE = "_policies.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param function catalog, schema and name
     * @param arguments in SQL
     */
    record Call(ObjectName function, List<String> arguments) {}

    static TablePolicies of(Path table) {
        Path file = table.resolve(FILE);
        try {
            return Files.exists(file)
                    ? JSON.readValue(file.toFile(), TablePolicies.class)
                    : new TablePolicies(null, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path table) throws IOException {
        JSON.writeValue(table.resolve(FILE).toFile(), this);
    }

    /** @param call null for none */
    TablePolicies withFilter(Call call) {
        return new TablePolicies(call, masks);
    }

    /** @param call null for none */
    TablePolicies withMask(String column, Call call) {
        Map<String, Call> others = new TreeMap<>(masks);
        others.remove(column.toLowerCase(Locale.ROOT));
        if (call != null) {
            others.put(column.toLowerCase(Locale.ROOT), call);
        }
        return new TablePolicies(filter, others);
    }

    boolean none() {
        return filter == null && masks.isEmpty();
    }

    /** What a reader gets in place of the table. */
    View view(TableDirectories tables, ObjectName name, Column[] columns) {
        Path table = tables.table(name.catalog(), name.schema(), name.name());
        View.Builder view = new View.Builder()
                .withQueryText(query(tables, table, columns))
                .withCurrentCatalog(name.catalog())
                .withCurrentNamespace(new String[] {name.schema()})
                .withSqlConfigs(Map.of())
                .withQueryColumnNames(Arrays.stream(columns).map(Column::name).toArray(String[]::new))
                .withSchemaMode("BINDING");
        view.withColumns(columns);
        return view.build();
    }

    private String query(TableDirectories tables, Path table, Column[] columns) {
        String selected = Arrays.stream(columns)
                .map(column -> {
                    Call mask = masks.get(column.name().toLowerCase(Locale.ROOT));
                    String value = mask == null ? ROW + "." + quoted(column.name()) : expression(tables, mask);
                    return value + " AS " + quoted(column.name());
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + selected + " FROM delta.`" + WorkspaceCatalog.hadoopPath(table) + "` AS " + ROW
                + (filter == null ? "" : " WHERE " + expression(tables, filter));
    }

    private static String expression(TableDirectories tables, Call call) {
        ObjectName name = call.function();
        Path schema = tables.schema(name.catalog(), name.schema());
        if (!StoredFunction.exists(schema, name.name())) {
            throw WorkspaceException.noSuchFunction(name.fullName());
        }
        return StoredFunction.read(schema, name.name()).call(call.arguments());
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
