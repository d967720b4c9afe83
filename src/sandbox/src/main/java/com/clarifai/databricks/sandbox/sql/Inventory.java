package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Comments;
import com.clarifai.databricks.sandbox.ViewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.classic.SparkSession;

/** What there is in the catalogs, read from the disk anew by each question. */
final class Inventory {

    private final SparkSession spark;
    private final TableDirectories tables;
    private final TableDirectories volumes;
    private final Comments comments;

    /** @param data with the directories {@code Tables} and {@code Volumes} */
    Inventory(SparkSession spark, Path data) {
        this.spark = spark;
        tables = new TableDirectories(data.resolve("Tables"));
        volumes = new TableDirectories(data.resolve("Volumes"));
        comments = new Comments(data);
    }

    List<String> catalogs() {
        return tables.catalogs();
    }

    /** {@code information_schema} among them. */
    List<String> schemas(String catalog) {
        return Stream.concat(tables.names(tables.catalog(catalog)).stream(), Stream.of(InformationSchema.NAME))
                .distinct()
                .sorted()
                .toList();
    }

    /** Tables and views. */
    List<String> relations(String catalog, String schema) {
        if (schema.equals(InformationSchema.NAME)) {
            return InformationSchema.tables();
        }
        Path directory = tables.schema(catalog, schema);
        return tables.names(directory).stream()
                .filter(name ->
                        TableDirectories.isTable(directory.resolve(name)) || ViewFile.isView(directory.resolve(name)))
                .toList();
    }

    Optional<TableDescription> describe(String catalog, String schema, String table) {
        return schema.equals(InformationSchema.NAME)
                ? InformationSchema.describe(table)
                : TableDescriptions.of(spark, tables.table(catalog, schema, table));
    }

    List<TableKey> keys(String catalog, String schema, String table) {
        return schema.equals(InformationSchema.NAME)
                ? List.of()
                : TableDescriptions.keys(spark, tables.table(catalog, schema, table));
    }

    List<String> functions(String catalog, String schema) {
        return StoredFunction.names(tables.schema(catalog, schema));
    }

    StoredFunction function(String catalog, String schema, String name) {
        return StoredFunction.read(tables.schema(catalog, schema), name);
    }

    List<String> volumes(String catalog, String schema) {
        return volumes.names(volumes.root().resolve(catalog).resolve(schema));
    }

    Path volume(String catalog, String schema, String volume) {
        return volumes.root().resolve(catalog).resolve(schema).resolve(volume);
    }

    String comment(String fullName) {
        return comments.of(fullName);
    }

    /** When the schema or what is in it was changed last, as far as its directory tells. */
    Instant changed(String catalog, String schema, String name) {
        Path directory = tables.root().resolve(catalog).resolve(schema).resolve(name);
        return Files.exists(directory) ? changed(directory) : changed(tables.catalog(catalog));
    }

    static Instant changed(Path directory) {
        try {
            return Files.getLastModifiedTime(directory).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
