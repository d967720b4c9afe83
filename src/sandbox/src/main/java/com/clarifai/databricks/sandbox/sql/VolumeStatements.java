package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;
import static com.clarifai.databricks.sandbox.sql.Extensions.TEXT;
import static com.clarifai.databricks.sandbox.sql.Extensions.text;

import com.clarifai.databricks.sandbox.Comments;
import com.clarifai.databricks.sandbox.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;

/** {@code CREATE VOLUME}, {@code DROP VOLUME}, {@code SHOW VOLUMES} and {@code DESCRIBE VOLUME}; managed volumes only. */
final class VolumeStatements implements Extension {

    private static final Pattern CREATE =
            Extensions.pattern("CREATE VOLUME( IF NOT EXISTS)? " + NAME + "(?: COMMENT " + TEXT + ")?");
    private static final Pattern DROP = Extensions.pattern("DROP VOLUME( IF EXISTS)? " + NAME);
    private static final Pattern SHOW =
            Extensions.pattern("SHOW VOLUMES(?: (?:IN|FROM) " + NAME + ")?(?: (?:LIKE )?" + TEXT + ")?");
    private static final Pattern DESCRIBE = Extensions.pattern("DESC(?:RIBE)? VOLUME " + NAME);

    private final Path data;
    private final TableDirectories tables;
    private final Comments comments;

    /** @param data with the directories {@code Tables} and {@code Volumes} */
    VolumeStatements(Path data) {
        this.data = data;
        tables = new TableDirectories(data.resolve("Tables"));
        comments = new Comments(data);
    }

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws ParseException, IOException {
        Matcher create = CREATE.matcher(sql);
        if (create.matches()) {
            ObjectName name = ObjectName.parse(session, create.group(2));
            create(name, create.group(1) != null, text(create.group(3), create.group(4)));
            return Optional.of(session.emptyDataFrame());
        }
        Matcher drop = DROP.matcher(sql);
        if (drop.matches()) {
            drop(ObjectName.parse(session, drop.group(2)), drop.group(1) != null);
            return Optional.of(session.emptyDataFrame());
        }
        Matcher show = SHOW.matcher(sql);
        if (show.matches()) {
            ObjectName schema = show.group(1) == null
                    ? ObjectName.parse(session, "any")
                    : ObjectName.parseSchema(session, show.group(1));
            return Optional.of(session.sql(show(schema, text(show.group(2), show.group(3)))));
        }
        Matcher describe = DESCRIBE.matcher(sql);
        if (describe.matches()) {
            return Optional.of(session.sql(describe(ObjectName.parse(session, describe.group(1)))));
        }
        return Optional.empty();
    }

    private void create(ObjectName name, boolean ifNotExists, String comment) throws IOException {
        if (!Rights.mayCreateIn(schema(name))) {
            throw WorkspaceException.mayNotCreate("VOLUME", name.catalog() + "." + name.schema());
        }
        Path directory = directory(name);
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            comments.keep(name.fullName(), comment);
        } else if (!ifNotExists) {
            throw WorkspaceException.volumeExists(name.fullName());
        }
    }

    private void drop(ObjectName name, boolean ifExists) throws IOException {
        schema(name);
        Path directory = directory(name);
        if (Files.isDirectory(directory)) {
            TableDirectories.delete(directory);
            comments.keep(name.fullName(), null);
        } else if (!ifExists) {
            throw WorkspaceException.noSuchVolume(name.fullName());
        }
    }

    private String show(ObjectName name, String pattern) {
        schema(name);
        return "SELECT volume_schema AS database, volume_name FROM `" + name.catalog() + "`.information_schema.volumes"
                + " WHERE " + MetadataQueries.is("volume_schema", name.schema()) + " AND "
                + MetadataQueries.matches("volume_name", pattern) + " ORDER BY volume_name";
    }

    private String describe(ObjectName name) {
        schema(name);
        if (!Files.isDirectory(directory(name))) {
            throw WorkspaceException.noSuchVolume(name.fullName());
        }
        return "SELECT volume_name AS name, volume_catalog AS catalog, volume_schema AS database, volume_owner AS owner,"
                + " storage_location AS storageLocation, volume_type AS volumeType, comment FROM `" + name.catalog()
                + "`.information_schema.volumes WHERE " + MetadataQueries.is("volume_schema", name.schema()) + " AND "
                + MetadataQueries.is("volume_name", name.name());
    }

    private Path schema(ObjectName name) {
        Path schema = tables.schema(name.catalog(), name.schema());
        if (!Files.isDirectory(schema)) {
            throw WorkspaceException.noSuchSchema(name.catalog() + "." + name.schema());
        }
        return schema;
    }

    private Path directory(ObjectName name) {
        // checks the name as it does a table's
        String checked = tables.table(name.catalog(), name.schema(), name.name())
                .getFileName()
                .toString();
        return data.resolve("Volumes")
                .resolve(name.catalog())
                .resolve(name.schema())
                .resolve(checked);
    }
}
