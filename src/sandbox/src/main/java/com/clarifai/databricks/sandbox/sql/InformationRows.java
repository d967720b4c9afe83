package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.Rights.OWNER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * The rows of {@link InformationSchema}, in the order of its columns.
 *
 * @param asked what the reader asks of single columns, see {@link InformationTable}
 */
record InformationRows(Inventory inventory, String catalog, Map<String, Object> asked) {

    private record Entry(String schema, String name) {}

    private record Described(String schema, TableDescription table) {}

    private record Key(String schema, String table, TableKey key) {}

    private Stream<String> schemas(String column) {
        return inventory.schemas(catalog).stream().filter(name -> isAsked(column, name));
    }

    private boolean isAsked(String column, String value) {
        return !asked.containsKey(column) || value.equals(asked.get(column));
    }

    private Stream<Entry> relations() {
        return schemas("table_schema").flatMap(schema -> inventory.relations(catalog, schema).stream()
                .filter(name -> isAsked("table_name", name))
                .map(name -> new Entry(schema, name)));
    }

    private Stream<Described> described() {
        return relations().flatMap(entry -> inventory.describe(catalog, entry.schema(), entry.name()).stream()
                .map(table -> new Described(entry.schema(), table)));
    }

    private Stream<Key> keys() {
        return relations().flatMap(entry -> inventory.keys(catalog, entry.schema(), entry.name()).stream()
                .map(key -> new Key(entry.schema(), entry.name(), key)));
    }

    private Object[] row(Object... values) {
        return values;
    }

    /** Followed by who made it and changed it, and when. */
    private Object[] withHistory(Instant changed, Object... values) {
        List<Object> row = new ArrayList<>(Arrays.asList(values));
        row.addAll(List.of(changed, OWNER, changed, OWNER));
        return row.toArray();
    }

    Stream<Object[]> catalogs() {
        return inventory.catalogs().stream().map(name -> new InformationRows(inventory, name, Map.of())
                .withHistory(inventory.changed(name, "", ""), name, OWNER, null));
    }

    Stream<Object[]> schemata() {
        return schemas("schema_name")
                .map(schema -> withHistory(
                        inventory.changed(catalog, schema, ""),
                        catalog,
                        schema,
                        OWNER,
                        inventory.comment(catalog + "." + schema)));
    }

    Stream<Object[]> tables() {
        return described().map(found -> {
            TableDescription table = found.table();
            boolean view = table.type().equals("VIEW");
            Object[] first = withHistory(
                    inventory.changed(catalog, found.schema(), table.name()),
                    catalog,
                    found.schema(),
                    table.name(),
                    table.type(),
                    view ? "NO" : "YES",
                    "PRESERVE",
                    OWNER,
                    table.comment());
            return Stream.concat(
                            Stream.of(first),
                            Stream.of(view ? "UNKNOWN_DATA_SOURCE_FORMAT" : "DELTA", table.location()))
                    .toArray();
        });
    }

    Stream<Object[]> columns() {
        return described().flatMap(found -> found.table().columns().stream()
                .map(column -> column(found.schema(), found.table().name(), column)));
    }

    private Object[] column(String schema, String table, TableDescription.Column column) {
        DecimalType decimal = DataType.fromDDL(column.typeText()) instanceof DecimalType type ? type : null;
        return row(
                catalog,
                schema,
                table,
                column.name(),
                column.position() + 1,
                null,
                column.nullable() ? "YES" : "NO",
                column.typeText(),
                column.typeName(),
                null,
                null,
                decimal == null ? null : decimal.precision(),
                decimal == null ? null : 10,
                decimal == null ? null : decimal.scale(),
                null,
                "NO",
                "NO",
                "YES",
                null,
                column.comment());
    }

    Stream<Object[]> views() {
        return described()
                .filter(found -> found.table().type().equals("VIEW"))
                .map(found -> row(
                        catalog,
                        found.schema(),
                        found.table().name(),
                        found.table().viewDefinition(),
                        "NONE",
                        "NO",
                        "NO",
                        null));
    }

    Stream<Object[]> volumes() {
        return schemas("volume_schema").flatMap(schema -> inventory.volumes(catalog, schema).stream()
                .map(name -> withHistory(
                        Inventory.changed(inventory.volume(catalog, schema, name)),
                        catalog,
                        schema,
                        name,
                        "MANAGED",
                        OWNER,
                        inventory.comment(catalog + "." + schema + "." + name),
                        inventory.volume(catalog, schema, name).toUri().toString())));
    }

    Stream<Object[]> constraints() {
        return keys().map(found -> row(
                catalog,
                found.schema(),
                found.key().name(),
                catalog,
                found.schema(),
                found.table(),
                found.key().primary() ? "PRIMARY KEY" : "FOREIGN KEY",
                "NO",
                "NO",
                "NO",
                null));
    }

    Stream<Object[]> keyColumns() {
        return keys().flatMap(
                        found -> IntStream.rangeClosed(1, found.key().columns().size())
                                .mapToObj(position -> row(
                                        catalog,
                                        found.schema(),
                                        found.key().name(),
                                        catalog,
                                        found.schema(),
                                        found.table(),
                                        found.key().columns().get(position - 1),
                                        position,
                                        found.key().primary() ? null : position)));
    }

    Stream<Object[]> references() {
        return keys().filter(found -> !found.key().primary()).flatMap(found -> {
            List<String> parent = found.key().parent();
            Optional<TableKey> unique = inventory.keys(parent.get(0), parent.get(1), parent.get(2)).stream()
                    .filter(TableKey::primary)
                    .findFirst();
            return unique.stream()
                    .map(key -> row(
                            catalog,
                            found.schema(),
                            found.key().name(),
                            parent.get(0),
                            parent.get(1),
                            key.name(),
                            "FULL",
                            "NO ACTION",
                            "NO ACTION"));
        });
    }

    Stream<Object[]> routines() {
        return schemas("routine_schema")
                .flatMap(schema -> inventory.functions(catalog, schema).stream().map(name -> routine(schema, name)));
    }

    private Object[] routine(String schema, String name) {
        StoredFunction function = inventory.function(catalog, schema, name);
        DataType type = DataType.fromDDL(function.returns());
        return withHistory(
                inventory.changed(catalog, schema, ""),
                catalog,
                schema,
                name,
                catalog,
                schema,
                name,
                OWNER,
                "FUNCTION",
                ColumnTypes.typeName(type),
                type.catalogString(),
                "SQL",
                function.body(),
                "YES",
                function.comment());
    }
}
