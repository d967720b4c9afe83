package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.s3.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager;

/** Spark with Delta Lake over the directories {@code <root>/Tables} and {@code <root>/Volumes}. */
final class Workspace implements AutoCloseable {

    private static final int DELETE_ATTEMPTS = 20;
    private static final String DEFAULT_CATALOG = "main";
    private static final String DEFAULT_SCHEMA = "default";

    private final TableDirectories tables;
    private final Path scratch;
    private final SparkSession spark;
    private final Extension extensions;

    Workspace(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        tables = new TableDirectories(absolute.resolve("Tables"));
        Files.createDirectories(tables.root().resolve(DEFAULT_CATALOG).resolve(DEFAULT_SCHEMA));
        Files.createDirectories(absolute.resolve("Volumes"));
        scratch = Files.createTempDirectory("sandbox-sql");
        GroupFunctions.register();
        SparkSession.Builder builder = SparkSession.builder().master("local[*]").appName("sandbox");
        configure(builder, absolute, scratch);
        spark = builder.getOrCreate();
        extensions = new Extensions(List.of(
                new UseStatements(),
                new ShowStatements(tables),
                new VolumeStatements(absolute),
                new FunctionStatements(tables),
                new PolicyStatements(spark, tables),
                new GrantStatements(absolute)));
    }

    /**
     * Spark as it sees the workspace.
     *
     * @param root absolute
     * @param scratch for files of Spark itself
     */
    static void configure(SparkSession.Builder builder, Path root, Path scratch) throws IOException {
        settings(root.resolve("Tables"), root.resolve("Volumes"), scratch, Buckets.in(root))
                .forEach(builder::config);
        ForeignFileSystem.SCHEMES.forEach(
                scheme -> builder.config("spark.hadoop.fs." + scheme + ".impl", ForeignFileSystem.class.getName()));
    }

    private static Map<String, String> settings(Path tables, Path volumes, Path scratch, Buckets buckets) {
        return Map.ofEntries(
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.driver.host", "127.0.0.1"),
                Map.entry("spark.driver.bindAddress", "127.0.0.1"),
                Map.entry("spark.local.dir", scratch.toString()),
                Map.entry(
                        "spark.sql.warehouse.dir",
                        scratch.resolve("warehouse").toUri().toString()),
                Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
                Map.entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
                // as on Databricks
                Map.entry("spark.sql.sources.default", "delta"),
                Map.entry("spark.sql.ansi.enabled", "true"),
                Map.entry("spark.sql.session.timeZone", "UTC"),
                Map.entry("spark.sql.legacy.keepCommandOutputSchema", "true"),
                // Delta's parser does not hand parameters on: they are bound to the parsed plan instead
                Map.entry("spark.sql.legacy.parameterSubstitution.constantsOnly", "true"),
                // /Volumes/… without a scheme, and dbfs:/Volumes/… in _metadata.file_path
                Map.entry("spark.hadoop.fs.defaultFS", "dbfs:///"),
                Map.entry("spark.hadoop.fs.dbfs.impl", "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme"),
                Map.entry(
                        "spark.hadoop.fs.viewfs.mounttable.default.link./Volumes",
                        WorkspaceCatalog.hadoopPath(volumes).toUri().toString()),
                Map.entry("spark.delta.logStore.dbfs.impl", "io.delta.storage.LocalLogStore"),
                Map.entry("spark.hadoop.fs.s3.impl", S3FileSystem.class.getName()),
                Map.entry("spark.hadoop.fs.s3a.impl", S3FileSystem.class.getName()),
                Map.entry(
                        "spark.hadoop." + S3FileSystem.DIRECTORY,
                        buckets.directory().toString()),
                // Delta's own choice for directories of this machine starts processes to ask for links and to set
                // rights:
                // ten for each commit
                Map.entry("spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore"),
                Map.entry(
                        "spark.sql.streaming.checkpointFileManagerClass",
                        FileSystemBasedCheckpointFileManager.class.getName()),
                Map.entry("spark.delta.logStore.s3.impl", "io.delta.storage.LocalLogStore"),
                Map.entry("spark.delta.logStore.s3a.impl", "io.delta.storage.LocalLogStore"),
                Map.entry("spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName()),
                Map.entry("spark.hadoop." + PlainLocalFileSystem.DIRECTORIES, tables + "," + volumes + "," + scratch),
                // small data on few cores: less planning and fewer tasks, not more throughput
                Map.entry("spark.sql.shuffle.partitions", "2"),
                // to plan a statement anew after each of its stages takes a third of its time here
                Map.entry("spark.sql.adaptive.enabled", "false"),
                Map.entry("spark.sql.codegen.wholeStage", "false"),
                // to generate and compile Java for a projection takes longer than to interpret it for some thousand
                // rows
                Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
                Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
                // the sum of a version spares others to count its files: here nobody asks as often as is written
                Map.entry("spark.databricks.delta.writeChecksumFile.enabled", "false"),
                // VACUUM lists the files of a table in so many tasks, 10,000 unless told otherwise, be they two
                Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
                Map.entry("spark.shuffle.compress", "false"),
                Map.entry("spark.ui.showConsoleProgress", "false"));
    }

    /**
     * A session with settings, temporary views and a current schema of its own.
     *
     * @param catalog {@code main} if null or empty
     * @param schema {@code default} if null or empty
     * @throws WorkspaceException NO_SUCH_CATALOG_EXCEPTION; Spark's own SCHEMA_NOT_FOUND if there is no such schema
     */
    SparkSession openSession(String catalog, String schema) {
        SparkSession session = spark.newSession();
        registerCatalogs(session);
        String currentCatalog = catalog == null || catalog.isEmpty() ? DEFAULT_CATALOG : catalog;
        String currentSchema = schema == null || schema.isEmpty() ? DEFAULT_SCHEMA : schema;
        tables.catalog(currentCatalog);
        return session.withActive(() -> {
            var manager = session.sessionState().catalogManager();
            manager.setCurrentCatalog(currentCatalog.toLowerCase(Locale.ROOT));
            manager.setCurrentNamespace(new String[] {currentSchema.toLowerCase(Locale.ROOT)});
            return session;
        });
    }

    /** Makes the catalogs that came into being since the last statement known to the session. */
    void registerCatalogs(SparkSession session) {
        registerCatalogs(session, tables);
    }

    static void registerCatalogs(SparkSession session, TableDirectories tables) {
        for (String catalog : tables.catalogs()) {
            String key = "spark.sql.catalog." + catalog;
            if (!session.conf().contains(key)) {
                session.conf().set(key, WorkspaceCatalog.class.getName());
                session.conf().set(key + ".root", tables.root().toString());
                // SHOW CATALOGS lists what is loaded
                session.withActive(() -> session.sessionState().catalogManager().catalog(catalog));
            }
        }
    }

    /** @throws WorkspaceException INSUFFICIENT_PERMISSIONS */
    void authorize(SparkSession session, String sql) throws ParseException {
        CreateTableRights.check(session, sql, tables);
    }

    /** Runs what only Databricks knows; empty for a statement of Spark. */
    Optional<Dataset<Row>> extension(SparkSession session, String sql) throws Exception {
        return extensions.run(session, sql);
    }

    List<String> catalogs() {
        return tables.catalogs();
    }

    Optional<TableDescription> describe(String catalog, String schema, String table) {
        return TableDescriptions.of(spark, tables.table(catalog, schema, table));
    }

    /** Hadoop would give the next workspace those of this one, with its directories. */
    private static void closeFileSystems() {
        try {
            FileSystem.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the process ends, Spark deletes its own folders in there at the same time. */
    private void deleteScratch() {
        for (int attempt = 1; Files.exists(scratch); attempt++) {
            try {
                TableDirectories.delete(scratch);
            } catch (UncheckedIOException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        spark.stop();
        DeltaLog.clearCache();
        SparkSession.clearDefaultSession();
        closeFileSystems();
        deleteScratch();
    }
}
