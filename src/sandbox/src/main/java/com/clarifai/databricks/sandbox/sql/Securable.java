package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Rights;
import com.clarifai.databricks.sandbox.ViewFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What privileges are granted on.
 *
 * @param grants the file that keeps them
 * @param schema the directory of the schema that it is or is in, empty for a catalog
 */
record Securable(Kind kind, String fullName, Path grants, Optional<Path> schema) {

    /** Each with the privileges that may be granted on it, those for what is in it among them. */
    enum Kind {
        CATALOG(List.of("USE CATALOG", "CREATE SCHEMA"), null),
        SCHEMA(
                List.of("USE SCHEMA", "CREATE TABLE", "CREATE VOLUME", "CREATE FUNCTION", "CREATE MATERIALIZED VIEW"),
                CATALOG),
        TABLE(List.of("SELECT", "MODIFY"), SCHEMA),
        VOLUME(List.of("READ VOLUME", "WRITE VOLUME"), SCHEMA),
        FUNCTION(List.of("EXECUTE"), SCHEMA);

        private final List<String> privileges;
        private final Kind within;

        Kind(List<String> privileges, Kind within) {
            this.privileges = privileges;
            this.within = within;
        }

        boolean has(String privilege) {
            return List.of(GrantStatements.ALL, "MANAGE", "APPLY TAG", "BROWSE").contains(privilege)
                    || privileges.contains(privilege)
                    || List.of(values()).stream()
                            .filter(kind -> kind.within == this)
                            .anyMatch(kind -> kind.has(privilege));
        }
    }

    /** @param kind as in the statement, null for a table */
    static Securable find(SparkSession session, Path data, String kind, String name) throws ParseException {
        TableDirectories tables = new TableDirectories(data.resolve("Tables"));
        return switch (kind == null ? "TABLE" : kind.toUpperCase(Locale.ROOT)) {
            case "CATALOG" -> {
                Path catalog = tables.catalog(String.join(".", ObjectName.parts(session, name)));
                yield new Securable(
                        Kind.CATALOG,
                        catalog.getFileName().toString(),
                        catalog.resolve(".grants.json"),
                        Optional.empty());
            }
            case "SCHEMA", "DATABASE" -> {
                ObjectName schema = ObjectName.parseSchema(session, name);
                String fullName = schema.catalog() + "." + schema.schema();
                Path directory = directory(tables, schema);
                yield new Securable(Kind.SCHEMA, fullName, directory.resolve(".grants.json"), Optional.of(directory));
            }
            case "VOLUME" -> inSchema(session, tables, data, Kind.VOLUME, name);
            case "FUNCTION" -> inSchema(session, tables, data, Kind.FUNCTION, name);
            default -> table(ObjectName.parse(session, name), tables);
        };
    }

    private static Path directory(TableDirectories tables, ObjectName name) {
        Path directory = tables.schema(name.catalog(), name.schema());
        if (!Files.isDirectory(directory)) {
            throw WorkspaceException.noSuchSchema(name.catalog() + "." + name.schema());
        }
        return directory;
    }

    private static Securable table(ObjectName name, TableDirectories tables) {
        Path directory = tables.table(name.catalog(), name.schema(), name.name());
        if (!TableDirectories.isTable(directory) && !ViewFile.isView(directory)) {
            throw WorkspaceException.noSuchTable(name.fullName());
        }
        return new Securable(
                Kind.TABLE, name.fullName(), directory.resolve("_grants.json"), Optional.of(directory.getParent()));
    }

    private static Securable inSchema(SparkSession session, TableDirectories tables, Path data, Kind kind, String text)
            throws ParseException {
        ObjectName name = ObjectName.parse(session, text);
        Path schema = directory(tables, name);
        boolean volume = kind == Kind.VOLUME;
        if (volume
                && !Files.isDirectory(data.resolve("Volumes/" + name.fullName().replace('.', '/')))) {
            throw WorkspaceException.noSuchVolume(name.fullName());
        }
        if (!volume && !StoredFunction.exists(schema, name.name())) {
            throw WorkspaceException.noSuchFunction(name.fullName());
        }
        Path grants = schema.resolve(".grants-" + kind.name().toLowerCase(Locale.ROOT) + "-" + name.name() + ".json");
        return new Securable(kind, name.fullName(), grants, Optional.of(schema));
    }

    /** Whether its privileges may be granted: where the right to create was taken, somebody else owns the schema. */
    boolean mayManage() {
        return schema.map(Rights::mayCreateIn).orElse(!fullName.equals(Rights.READ_ONLY_CATALOG));
    }
}
