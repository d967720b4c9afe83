package com.clarifai.databricks.sandbox.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.constraints.Constraint;

/** Makes properties of the keys that statements give a table: Delta knows no others. */
final class TableKeys {

    private TableKeys() {}

    /** @param catalog of the table */
    static TableChange asProperty(TableChange change, String catalog) {
        if (change instanceof TableChange.AddConstraint added) {
            Optional<TableKey> key = TableKey.of(added.constraint(), catalog);
            return key.map(known -> TableChange.setProperty(TableKey.property(known.name()), known.json()))
                    .orElse(change);
        }
        return change instanceof TableChange.DropConstraint dropped
                ? TableChange.removeProperty(TableKey.property(dropped.name()))
                : change;
    }

    /** @param catalog of the table */
    static TableInfo asProperties(TableInfo table, String catalog) {
        Map<String, String> properties = new HashMap<>(table.properties());
        for (Constraint constraint : table.constraints()) {
            TableKey.of(constraint, catalog)
                    .ifPresent(key -> properties.put(TableKey.property(key.name()), key.json()));
        }
        TableInfo.Builder builder = new TableInfo.Builder().withPartitions(table.partitions());
        builder.withColumns(table.columns());
        builder.withProperties(properties);
        return builder.build();
    }
}
