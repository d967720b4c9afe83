package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.ViewFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A view as it is kept: a file in the directory that has the view's name. What its query reads is looked up anew each
 * time.
 *
 * @param query the SQL text
 * @param catalog the current catalog when the view was made, for the names in its query
 * @param namespace the current schema when the view was made
 * @param settings Spark's, when the view was made
 * @param schema Spark's JSON of the view's columns
 * @param queryColumns the columns of the query, which the view may name otherwise
 * @param properties the comment and the owner among them
 */
record StoredView(
        String query,
        String catalog,
        String[] namespace,
        Map<String, String> settings,
        String schema,
        String schemaMode,
        String[] queryColumns,
        Map<String, String> properties) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static StoredView of(View view) {
        return new StoredView(
                view.queryText(),
                view.currentCatalog(),
                view.currentNamespace(),
                view.sqlConfigs(),
                CatalogV2Util.v2ColumnsToStructType(view.columns()).json(),
                view.schemaMode(),
                view.queryColumnNames(),
                view.properties());
    }

    static StoredView read(Path directory) {
        try {
            return JSON.readValue(ViewFile.in(directory).toFile(), StoredView.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes or replaces it; a reader meanwhile sees the old one or the new one. */
    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, "view", null);
            JSON.writeValue(unfinished.toFile(), this);
            Files.move(
                    unfinished,
                    ViewFile.in(directory),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StructType columns() {
        return (StructType) DataType.fromJson(schema);
    }

    View toView() {
        View.Builder view = new View.Builder()
                .withQueryText(query)
                .withCurrentCatalog(catalog)
                .withCurrentNamespace(namespace)
                .withSqlConfigs(settings)
                .withQueryColumnNames(queryColumns)
                .withSchemaMode(schemaMode);
        view.withSchema(columns());
        view.withProperties(properties);
        return view.build();
    }
}
