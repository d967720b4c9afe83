package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.constraints.Constraint;
import org.apache.spark.sql.connector.catalog.constraints.ForeignKey;
import org.apache.spark.sql.connector.catalog.constraints.PrimaryKey;
import org.apache.spark.sql.connector.expressions.NamedReference;

/**
 * A primary or foreign key, which Unity Catalog keeps and does not enforce. It is a property of the Delta table that
 * nobody is shown.
 *
 * @param parent catalog, schema and name of the table that a foreign key refers to; empty for a primary key
 */
record TableKey(String name, List<String> columns, List<String> parent, List<String> parentColumns) {

    private static final String PROPERTY = "sandbox.key.";
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean primary() {
        return parent.isEmpty();
    }

    static Optional<TableKey> of(Constraint constraint, String catalog) {
        if (constraint instanceof PrimaryKey key) {
            return Optional.of(new TableKey(key.name(), names(key.columns()), List.of(), List.of()));
        }
        if (constraint instanceof ForeignKey key) {
            return Optional.of(new TableKey(
                    key.name(),
                    names(key.columns()),
                    fullName(key.referencedTable(), catalog),
                    names(key.referencedColumns())));
        }
        return Optional.empty();
    }

    private static List<String> names(NamedReference[] columns) {
        return Arrays.stream(columns)
                .map(column -> String.join(".", column.fieldNames()))
                .toList();
    }

    private static List<String> fullName(Identifier table, String catalog) {
        String[] namespace = table.namespace();
        return namespace.length == 2
                ? List.of(namespace[0], namespace[1], table.name())
                : List.of(catalog, namespace[0], table.name());
    }

    static String property(String keyName) {
        return PROPERTY + keyName;
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys among the properties of a table. */
    static List<TableKey> in(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(PROPERTY))
                .sorted(Map.Entry.comparingByKey())
                .map(property -> parse(property.getValue()))
                .toList();
    }

    static Map<String, String> without(Map<String, String> properties) {
        Map<String, String> others = new LinkedHashMap<>(properties);
        others.keySet().removeIf(name -> name.startsWith(PROPERTY));
        return Map.copyOf(others);
    }

    private static TableKey parse(String json) {
        try {
            return JSON.readValue(json, TableKey.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a key: " + json, e);
        }
    }
}
