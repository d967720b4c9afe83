package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.ViewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.connector.catalog.RelationCatalog;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Schemas, tables and views of one catalog as directories. Reading, creating and altering tables is Delta's part, see
 * {@link WorkspaceCatalog}.
 *
 * <p>Spark takes a first name that it does not know as a catalog for a part of the namespace. A namespace of two parts
 * therefore starts with a catalog: one that is spelt in another case, or one that does not exist.
 */
final class DirectoryCatalog implements RelationCatalog, SupportsNamespaces, FunctionCatalog {

    private final String name;
    private final TableDirectories directories;

    DirectoryCatalog(String name, TableDirectories directories) {
        this.name = name;
        this.directories = directories;
    }

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap options) {
        throw new UnsupportedOperationException("made by its constructor");
    }

    @Override
    public String name() {
        return name;
    }

    Path table(Identifier table) {
        String[] namespace = table.namespace();
        return switch (namespace.length) {
            case 1 -> directories.table(name, namespace[0], table.name());
            case 2 -> directories.table(namespace[0], namespace[1], table.name());
            default -> throw WorkspaceException.invalidName(table.toString());
        };
    }

    private Path schema(String[] namespace) {
        return switch (namespace.length) {
            case 1 -> directories.schema(name, namespace[0]);
            case 2 -> directories.schema(namespace[0], namespace[1]);
            default -> throw WorkspaceException.invalidName(String.join(".", namespace));
        };
    }

    TableDirectories tables() {
        return directories;
    }

    /** The catalog of a schema. */
    String catalog(String[] namespace) {
        return directories.catalog(qualified(namespace)[0]).getFileName().toString();
    }

    void requireSchema(String[] namespace) throws NoSuchNamespaceException {
        if (!namespaceExists(namespace)) {
            throw new NoSuchNamespaceException(qualified(namespace));
        }
    }

    private String[] qualified(String[] namespace) {
        return namespace.length == 1 ? new String[] {name, namespace[0]} : namespace;
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        if (InformationSchema.is(namespace)) {
            return InformationSchema.tables().stream()
                    .map(name -> Identifier.of(namespace, name))
                    .toArray(Identifier[]::new);
        }
        return list(namespace, TableDirectories::isTable);
    }

    @Override
    public Identifier[] listViews(String[] namespace) throws NoSuchNamespaceException {
        return list(namespace, ViewFile::isView);
    }

    private Identifier[] list(String[] namespace, Predicate<Path> kind) throws NoSuchNamespaceException {
        requireSchema(namespace);
        Path schema = schema(namespace);
        return directories.names(schema).stream()
                .filter(name -> kind.test(schema.resolve(name)))
                .map(name -> Identifier.of(namespace, name))
                .toArray(Identifier[]::new);
    }

    @Override
    public boolean tableExists(Identifier table) {
        return TableDirectories.isTable(table(table));
    }

    /** Tables are Delta's part. */
    @Override
    public Relation loadRelation(Identifier name) throws NoSuchTableException {
        throw new NoSuchTableException(name);
    }

    @Override
    public Table loadTable(Identifier table) throws NoSuchTableException {
        throw new NoSuchTableException(table);
    }

    @Override
    public Table alterTable(Identifier table, TableChange... changes) throws NoSuchTableException {
        throw new NoSuchTableException(table);
    }

    @Override
    public boolean dropTable(Identifier table) {
        if (!tableExists(table)) {
            return false;
        }
        TableDirectories.delete(table(table));
        return true;
    }

    @Override
    public void renameTable(Identifier from, Identifier to) throws NoSuchTableException, TableAlreadyExistsException {
        if (!tableExists(from)) {
            throw new NoSuchTableException(from);
        }
        if (tableExists(to) || viewExists(to)) {
            throw new TableAlreadyExistsException(to);
        }
        move(from, to);
    }

    @Override
    public boolean viewExists(Identifier view) {
        return ViewFile.isView(table(view));
    }

    @Override
    public View loadView(Identifier view) throws NoSuchViewException {
        if (!viewExists(view)) {
            throw new NoSuchViewException(view);
        }
        return StoredView.read(table(view)).toView();
    }

    @Override
    public View createView(Identifier name, View view) throws ViewAlreadyExistsException, NoSuchNamespaceException {
        if (InformationSchema.is(name.namespace())) {
            throw WorkspaceException.mayNotCreate("TABLE", String.join(".", qualified(name.namespace())));
        }
        requireSchema(name.namespace());
        if (viewExists(name) || tableExists(name)) {
            throw new ViewAlreadyExistsException(name);
        }
        StoredView.of(view).write(table(name));
        return view;
    }

    @Override
    public View replaceView(Identifier name, View view) throws NoSuchViewException {
        if (!viewExists(name)) {
            throw new NoSuchViewException(name);
        }
        StoredView.of(view).write(table(name));
        return view;
    }

    @Override
    public boolean dropView(Identifier view) {
        if (!viewExists(view)) {
            return false;
        }
        TableDirectories.delete(table(view));
        return true;
    }

    @Override
    public void renameView(Identifier from, Identifier to) throws NoSuchViewException, ViewAlreadyExistsException {
        if (!viewExists(from)) {
            throw new NoSuchViewException(from);
        }
        if (viewExists(to) || tableExists(to)) {
            throw new ViewAlreadyExistsException(to);
        }
        move(from, to);
    }

    private void move(Identifier from, Identifier to) {
        try {
            Files.move(table(from), table(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[][] listNamespaces() {
        return schemas(name);
    }

    private String[][] schemas(String catalog) {
        return Stream.concat(
                        directories.names(directories.catalog(catalog)).stream(), Stream.of(InformationSchema.NAME))
                .sorted()
                .map(schema -> new String[] {schema})
                .toArray(String[][]::new);
    }

    /** Schemas hold no schemas: a single name here is a catalog that Spark did not know. */
    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length == 0) {
            return listNamespaces();
        }
        if (namespace.length == 1 && !namespaceExists(namespace)) {
            return schemas(namespace[0]);
        }
        requireSchema(namespace);
        return new String[0][];
    }

    @Override
    public boolean namespaceExists(String[] namespace) {
        return namespace.length == 0
                ? Files.isDirectory(directories.catalog(name))
                : Files.isDirectory(schema(namespace)) || InformationSchema.is(namespace);
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        requireSchema(namespace);
        if (InformationSchema.is(namespace)) {
            return Map.of();
        }
        return Map.of(
                SupportsNamespaces.PROP_LOCATION, schema(namespace).toUri().toString());
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata)
            throws NamespaceAlreadyExistsException {
        if (namespaceExists(namespace)) {
            throw new NamespaceAlreadyExistsException(qualified(namespace));
        }
        try {
            Files.createDirectories(schema(namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        throw new UnsupportedOperationException("ALTER SCHEMA");
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, NonEmptyNamespaceException {
        requireSchema(namespace);
        if (InformationSchema.is(namespace)) {
            throw WorkspaceException.mayNot("MANAGE", "Schema '" + String.join(".", qualified(namespace)) + "'");
        }
        String[] full = qualified(namespace);
        Path volumes = directories.volumes(full[0], full[1]);
        int volumesThere = directories.names(volumes).size();
        if (!cascade && listTables(namespace).length + listViews(namespace).length + volumesThere > 0) {
            throw new NonEmptyNamespaceException(qualified(namespace));
        }
        if (Files.isDirectory(volumes)) {
            TableDirectories.delete(volumes);
        }
        TableDirectories.delete(schema(namespace));
        return true;
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        requireSchema(namespace);
        return StoredFunction.names(schema(namespace)).stream()
                .map(function -> Identifier.of(namespace, function))
                .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier function) throws NoSuchFunctionException {
        throw new NoSuchFunctionException(function);
    }
}
