package com.clarifai.databricks.sandbox.sql;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.connector.catalog.RelationCatalog;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.delta.DeltaErrors;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * One catalog of the workspace for Spark: Delta's own catalog, told for every table the path of its directory. Delta
 * then works on the path alone and registers nothing elsewhere.
 *
 * <p>Spark makes one for each session, from {@code spark.sql.catalog.<name>} and its option {@code root}.
 */
public final class WorkspaceCatalog extends DeltaCatalog implements RelationCatalog {

    private DirectoryCatalog directories;
    private Inventory inventory;

    @Override
    public void initialize(String name, CaseInsensitiveStringMap options) {
        Path tables = Path.of(options.get("root"));
        directories = new DirectoryCatalog(name, new TableDirectories(tables));
        inventory = new Inventory((SparkSession) spark(), tables.getParent());
        setDelegateCatalog(directories);
        super.initialize(name, options);
    }

    @Override
    public String[] defaultNamespace() {
        return new String[] {"default"};
    }

    /** {@code default.inputs} as {@code delta.`file:/…/main/default/inputs`}; a path stays as it is. */
    private Identifier located(Identifier table) {
        return isPathIdentifier(table)
                ? table
                : Identifier.of(
                        new String[] {"delta"},
                        hadoopPath(directories.table(table)).toString());
    }

    static org.apache.hadoop.fs.Path hadoopPath(Path path) {
        return new org.apache.hadoop.fs.Path("file", null, path.toAbsolutePath().toString());
    }

    private Identifier existing(Identifier table) {
        if (!tableExists(table)) {
            if (isPathIdentifier(table)) {
                // Spark would go on and say that Delta is no format of files
                throw WorkspaceCatalog.<RuntimeException>unchecked(
                        (Exception) DeltaErrors.pathNotExistsException(table.name()));
            }
            throw WorkspaceCatalog.<RuntimeException>unchecked(new NoSuchTableException(table));
        }
        return located(table);
    }

    private Identifier created(Identifier table) {
        if (!isPathIdentifier(table)) {
            if (InformationSchema.is(table.namespace())) {
                throw WorkspaceException.mayNotCreate("TABLE", name() + "." + InformationSchema.NAME);
            }
            try {
                directories.requireSchema(table.namespace());
            } catch (NoSuchNamespaceException e) {
                throw WorkspaceCatalog.<RuntimeException>unchecked(e);
            }
            if (directories.viewExists(table)) {
                throw WorkspaceCatalog.<RuntimeException>unchecked(new TableAlreadyExistsException(table));
            }
        }
        return located(table);
    }

    /** Spark expects its own checked exceptions, which Delta's Scala methods do not declare. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException unchecked(Exception e) throws E {
        throw (E) e;
    }

    /** Spark asks for {@code json.`/Volumes/…`} here before it reads the files: such a name is no table. */
    private static boolean isFileName(Identifier table) {
        return table.name().contains("/");
    }

    @Override
    public boolean tableExists(Identifier table) {
        return isPathIdentifier(table)
                ? super.tableExists(table)
                : !isFileName(table) && (information(table).isPresent() || directories.tableExists(table));
    }

    private Optional<InformationTable> information(Identifier table) {
        return InformationSchema.is(table.namespace())
                ? InformationSchema.table(inventory, directories.catalog(table.namespace()), table.name())
                : Optional.empty();
    }

    /** What a query reads. */
    @Override
    public Relation loadRelation(Identifier name) throws NoSuchTableException {
        try {
            if (viewExists(name)) {
                return loadView(name);
            }
            Table table = loadTable(name);
            return policies(name)
                    .<Relation>map(policies -> policies.view(directories.tables(), location(name), table.columns()))
                    .orElse(table);
        } catch (NoSuchViewException e) {
            throw new NoSuchTableException(name);
        }
    }

    private ObjectName location(Identifier table) {
        String[] namespace = table.namespace();
        return new ObjectName(directories.catalog(namespace), namespace[namespace.length - 1], table.name());
    }

    private Optional<TablePolicies> policies(Identifier table) {
        if (isPathIdentifier(table) || InformationSchema.is(table.namespace()) || !ReadPolicies.apply()) {
            return Optional.empty();
        }
        return Optional.of(TablePolicies.of(directories.table(table))).filter(policies -> !policies.none());
    }

    @Override
    public Table loadTable(Identifier table) {
        return information(table).<Table>map(known -> known).orElseGet(() -> super.loadTable(existing(table)));
    }

    /** What a statement writes to. */
    @Override
    public Table loadTable(Identifier table, Set<TableWritePrivilege> privileges) {
        if (viewExists(table)) {
            throw WorkspaceException.notATable(name() + "." + table);
        }
        return loadTable(table);
    }

    @Override
    public Table loadTable(Identifier table, String version) {
        return super.loadTable(existing(table), version);
    }

    @Override
    public Table loadTable(Identifier table, long timestamp) {
        return super.loadTable(existing(table), timestamp);
    }

    @Override
    public Table createTable(
            Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return super.createTable(created(table), columns, partitions, properties);
    }

    @Override
    public Table createTable(Identifier table, TableInfo info)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return super.createTable(created(table), TableKeys.asProperties(info, name()));
    }

    @Override
    public Table alterTable(Identifier table, TableChange... changes) {
        TableChange[] known = Arrays.stream(changes)
                .map(change -> TableKeys.asProperty(change, name()))
                .toArray(TableChange[]::new);
        return super.alterTable(existing(table), known);
    }

    @Override
    public Set<TableCatalogCapability> capabilities() {
        Set<TableCatalogCapability> all = new HashSet<>(super.capabilities());
        all.add(TableCatalogCapability.SUPPORT_TABLE_CONSTRAINT);
        return all;
    }

    @Override
    public boolean dropTable(Identifier table) {
        if (InformationSchema.is(table.namespace())) {
            throw WorkspaceException.mayNot("MANAGE", "Schema '" + name() + "." + InformationSchema.NAME + "'");
        }
        boolean dropped = super.dropTable(table);
        forget(table);
        return dropped;
    }

    @Override
    public void renameTable(Identifier from, Identifier to) throws NoSuchTableException, TableAlreadyExistsException {
        super.renameTable(from, to);
        forget(from);
    }

    private void forget(Identifier table) {
        DeltaLog.invalidateCache(spark(), hadoopPath(directories.table(table)));
    }

    @Override
    public StagedTable stageCreate(Identifier table, TableInfo info)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return super.stageCreate(created(table), TableKeys.asProperties(info, name()));
    }

    @Override
    public StagedTable stageCreate(
            Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return super.stageCreate(created(table), columns, partitions, properties);
    }

    @Override
    public StagedTable stageReplace(Identifier table, TableInfo info)
            throws NoSuchNamespaceException, NoSuchTableException {
        return super.stageReplace(existing(table), TableKeys.asProperties(info, name()));
    }

    @Override
    public StagedTable stageReplace(
            Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return super.stageReplace(existing(table), columns, partitions, properties);
    }

    @Override
    public StagedTable stageCreateOrReplace(Identifier table, TableInfo info) throws NoSuchNamespaceException {
        return super.stageCreateOrReplace(created(table), TableKeys.asProperties(info, name()));
    }

    @Override
    public StagedTable stageCreateOrReplace(
            Identifier table, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return super.stageCreateOrReplace(created(table), columns, partitions, properties);
    }

    @Override
    public boolean viewExists(Identifier view) {
        return !isPathIdentifier(view) && !isFileName(view) && directories.viewExists(view);
    }

    @Override
    public View loadView(Identifier view) throws NoSuchViewException {
        return directories.loadView(view);
    }

    @Override
    public Identifier[] listViews(String[] namespace) throws NoSuchNamespaceException {
        return directories.listViews(namespace);
    }

    @Override
    public View createView(Identifier name, View view) throws ViewAlreadyExistsException, NoSuchNamespaceException {
        return directories.createView(name, view);
    }

    @Override
    public View replaceView(Identifier name, View view) throws NoSuchViewException {
        return directories.replaceView(name, view);
    }

    @Override
    public boolean dropView(Identifier view) {
        return directories.dropView(view);
    }

    @Override
    public void renameView(Identifier from, Identifier to) throws NoSuchViewException, ViewAlreadyExistsException {
        directories.renameView(from, to);
    }
}
