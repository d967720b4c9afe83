package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.s3.Buckets;
import io.undertow.server.HttpHandler;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Stand-in for clusters and a SQL warehouse: Spark with Delta Lake behind the two protocols of the Databricks JDBC
 * driver, the SQL Execution API and Thrift.
 *
 * <p>Catalogs, schemas and tables are the directories {@code <root>/Tables/<catalog>/<schema>/<table>}, volumes are
 * {@code <root>/Volumes/<catalog>/<schema>/<volume>}; SQL sees the latter as {@code /Volumes/…}, and the buckets of
 * {@link Buckets} as {@code s3://…} and {@code s3a://…}. All may change while it runs, and all of it survives a restart.
 * Spark allows one endpoint at a time in a process.
 */
public final class SqlEndpoint implements AutoCloseable {

    /** Of a Thrift call: whether it is one to a runtime that is older than parameters in statements. */
    public static final AttachmentKey<Boolean> OLD_RUNTIME = AttachmentKey.create(Boolean.class);

    private final Workspace workspace;
    private final SqlSwitches switches = new SqlSwitches();
    private final Statements statements;
    private final StatementApi api;
    private final ThriftEndpoint thrift;

    private SqlEndpoint(Workspace workspace, WarehouseIds warehouse, Traffic traffic) {
        this.workspace = workspace;
        statements = new Statements(workspace, switches);
        api = new StatementApi(statements, warehouse, traffic);
        thrift = new ThriftEndpoint(new ThriftService(statements), traffic);
    }

    /**
     * Calls are counted, and go wrong, as {@code sql:sessions}, {@code sql:ended-sessions}, {@code sql:statements} and
     * {@code sql:chunks}.
     */
    public static SqlEndpoint start(Path root, WarehouseIds warehouse, Traffic traffic) throws IOException {
        return new SqlEndpoint(new Workspace(root), warehouse, traffic);
    }

    /**
     * Answers {@code /api/2.0/sql/statements…}, {@code /api/2.0/sql/sessions…}, {@code /api/2.0/sql/history/queries} and
     * {@code /api/2.0/sql/warehouses/{id}/sessions…}, whatever prefix it is mounted at.
     */
    public HttpHandler handler() {
        return api;
    }

    /** Answers Thrift calls, wherever it is mounted; needs a thread that may block. */
    public HttpHandler thrift() {
        return thrift;
    }

    /** The table as the Unity Catalog REST API tells it, or empty if there is no such table. */
    public Optional<TableDescription> describe(String catalog, String schema, String table) {
        return workspace.describe(catalog, schema, table);
    }

    /** What tests may change. */
    public SqlSwitches switches() {
        return switches;
    }

    /** Ends all sessions, as a cluster's restart or their expiry does. */
    public void closeSessions() {
        statements.closeSessions();
    }

    /** Runs statements in a session of their own, in {@code main.default}; none is counted. */
    public void run(List<String> sql) {
        SparkSession session = workspace.openSession(null, null);
        session.withActive(() -> {
            sql.forEach(session::sql);
            return session;
        });
    }

    @Override
    public void close() {
        api.close();
        statements.close();
        workspace.close();
    }
}
