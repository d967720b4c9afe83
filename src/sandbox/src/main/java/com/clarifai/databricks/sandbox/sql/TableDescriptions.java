package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.ViewFile;
import com.clarifai.databricks.sandbox.sql.TableDescription.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Describes tables and views by what their directories keep. */
final class TableDescriptions {

    private TableDescriptions() {}

    /** @return empty if the directory is neither a table nor a view */
    static Optional<TableDescription> of(SparkSession spark, Path directory) {
        if (ViewFile.isView(directory)) {
            return Optional.of(ofView(directory));
        }
        return TableDirectories.isTable(directory) ? Optional.of(ofTable(spark, directory)) : Optional.empty();
    }

    private static TableDescription ofTable(SparkSession spark, Path directory) {
        var location = WorkspaceCatalog.hadoopPath(directory);
        Metadata metadata = metadata(spark, directory);
        return new TableDescription(
                directory.getFileName().toString(),
                "MANAGED",
                columns(metadata.schema()),
                TableKey.without(CollectionConverters.asJava(metadata.configuration())),
                location.toUri().toString(),
                null,
                metadata.description());
    }

    /** The keys of a table; a view has none. */
    static List<TableKey> keys(SparkSession spark, Path directory) {
        return TableDirectories.isTable(directory)
                ? TableKey.in(
                        CollectionConverters.asJava(metadata(spark, directory).configuration()))
                : List.of();
    }

    private static Metadata metadata(SparkSession spark, Path directory) {
        return DeltaLog.forTableWithSnapshot(spark, WorkspaceCatalog.hadoopPath(directory))
                ._2()
                .metadata();
    }

    private static TableDescription ofView(Path directory) {
        StoredView view = StoredView.read(directory);
        return new TableDescription(
                directory.getFileName().toString(),
                "VIEW",
                columns(view.columns()),
                Map.of(),
                null,
                view.query(),
                view.properties().get(TableCatalog.PROP_COMMENT));
    }

    static List<Column> columns(StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            columns.add(new Column(
                    field.name(),
                    field.dataType().catalogString(),
                    ColumnTypes.typeName(field.dataType()),
                    field.nullable(),
                    field.getComment().getOrElse(() -> null),
                    columns.size()));
        }
        return List.copyOf(columns);
    }
}
