package com.clarifai.databricks.delta;

import com.clarifai.databricks.databricks.SqlCompute;
import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.databricks.WorkspaceSettings;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxyServer;
import com.clarifai.databricks.tls.CertificateAuthorities;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A small pool of SQL connections to a Databricks warehouse or cluster.
 *
 * <p>Nothing is opened before the first statement, and idle connections are given back before the server forgets their
 * session (after about 15 minutes); one that it has forgotten all the same is replaced. The token is never part of the
 * URL; open connections get the next one before it expires.
 */
public class DeltaDataSource extends HikariDataSource {

    private static final String DRIVER = "com.databricks.client.jdbc.Driver";
    private static final int MAX_CONNECTIONS = 4;
    /** For a connection, all attempts together; compute that has to start is waited for before, see the block compute-check. */
    private static final Duration WAIT = Duration.ofMinutes(5);
    /** For the next bytes of an answer. Statements may take longer: the driver asks again and again how far they are. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** Most statements are done by then; the rest of a stop has to follow within its limit of 27 seconds. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final StatementWatch watch;
    private Supplier<WorkspaceClient> source;
    private String warehouseId;
    private String warehouseName;
    private String clusterId;
    private String httpPath;

    private WorkspaceClient workspace;
    private SessionTokens sessionTokens;

    public DeltaDataSource() {
        this(GRACE);
    }

    /** @param grace how long a statement may go on after whoever runs it has been asked to stop, see {@link StopSignal} */
    DeltaDataSource(Duration grace) {
        watch = new StatementWatch(grace, MAX_CONNECTIONS);
    }

    /**
     * The workspace that has the compute; asked for at the first statement. Its client belongs to whoever made it: it is not
     * closed with the pool.
     */
    public void setWorkspace(Supplier<WorkspaceClient> workspace) {
        this.source = workspace;
    }

    /** Id of the SQL warehouse that runs the statements. */
    public void setWarehouseId(String warehouseId) {
        this.warehouseId = warehouseId;
    }

    /** Name of the SQL warehouse, instead of its id. */
    public void setWarehouseName(String warehouseName) {
        this.warehouseName = warehouseName;
    }

    /** Id of an all-purpose cluster, instead of a warehouse. */
    public void setClusterId(String clusterId) {
        this.clusterId = clusterId;
    }

    /** HTTP path of the compute, instead of the ids. */
    public void setHttpPath(String httpPath) {
        this.httpPath = httpPath;
    }

    /** Prepares the pool from the settings; opens no connection. */
    public void configure() {
        setPoolName("databricks-sql");
        setDriverClassName(DRIVER);
        setMaximumPoolSize(MAX_CONNECTIONS);
        setMinimumIdle(0);
        // the first connection says at once what is wrong; later ones may wait for compute that has stopped meanwhile
        setInitializationFailTimeout(1);
        setIdleTimeout(TimeUnit.MINUTES.toMillis(3));
        setMaxLifetime(TimeUnit.MINUTES.toMillis(14));
        setConnectionTimeout(WAIT.toMillis());
        setExceptionOverride(new LostSessions());
    }

    @Override
    public Connection getConnection() throws SQLException {
        prepare();
        Connection connection = connect();
        try {
            sessionTokens.keep(connection.unwrap(Connection.class));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The token of a statement, or of a connection for it, was refused.
     *
     * @return whether there is another one now, which all connections get from here on
     */
    public synchronized boolean renewToken() {
        return workspace != null && workspace.renewToken(workspace.token());
    }

    private Connection connect() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            Optional<ProxyException> proxys = ProxyException.in(e, proxy(), workspace.host());
            if (proxys.isPresent()) {
                throw new SQLTransientConnectionException(
                        "Databricks at " + workspace.host() + " unreachable: "
                                + proxys.get().getMessage(),
                        e.getSQLState(),
                        proxys.get());
            }
            throw waitedInVain(e);
        }
    }

    private SQLException waitedInVain(SQLException failure) {
        if (!(failure instanceof SQLTransientConnectionException)) {
            return failure;
        }
        return new SQLTransientConnectionException(
                "Databricks at " + workspace.host() + ": waited for a SQL connection for "
                        + Duration.ofMillis(getConnectionTimeout()).toSeconds() + " seconds without getting one"
                        + (failure.getCause() == null
                                ? "; all are in use"
                                : ": " + failure.getCause().getMessage()),
                failure.getSQLState(),
                failure);
    }

    private Optional<ProxyServer> proxy() {
        return workspace.settings().proxy().to(workspace.host());
    }

    /** Asks the workspace what the URL needs; here, so that starting the application calls nobody. */
    private synchronized void prepare() {
        if (getJdbcUrl() != null) {
            return;
        }
        if (workspace == null) {
            workspace = source.get();
            sessionTokens = new SessionTokens(workspace::token);
            setCredentialsProvider(sessionTokens);
        }
        String path = SqlCompute.of(workspace, httpPath, warehouseId, warehouseName, clusterId)
                .httpPath();
        Properties properties = new Properties();
        Path caFile = workspace.settings().caFile();
        if (caFile != null) {
            trust(properties, CertificateAuthorities.read(WorkspaceSettings.CA_FILE, caFile));
        }
        proxy().ifPresent(proxy -> leaveThrough(properties, proxy));
        setJdbcUrl(url(workspace.host(), path));
        // the pool would make the same, but show the properties, passwords and all, when it logs its configuration
        setDataSource(SqlExceptionsOnly.of(new DriverDataSource(getJdbcUrl(), DRIVER, properties, null, null), watch));
    }

    /** The driver reads a trust store when it opens a connection. */
    private static void trust(Properties properties, CertificateAuthorities authorities) {
        try {
            String password = UUID.randomUUID().toString();
            Path store = Files.createTempFile("databricks-ca-", ".p12");
            store.toFile().deleteOnExit();
            authorities.writeTrustStore(store, password.toCharArray());
            properties.setProperty("SSLTrustStore", store.toString());
            properties.setProperty("SSLTrustStorePwd", password);
            properties.setProperty("SSLTrustStoreType", "PKCS12");
            // with a trust store the driver asks for revocation lists, which private authorities seldom publish
            properties.setProperty("CheckCertRevocation", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The driver knows of a proxy only from these properties; inline results come from the workspace alone. */
    private static void leaveThrough(Properties properties, ProxyServer proxy) {
        properties.setProperty("UseProxy", "1");
        properties.setProperty("ProxyHost", proxy.host());
        properties.setProperty("ProxyPort", String.valueOf(proxy.port()));
        proxy.login().ifPresent(login -> {
            properties.setProperty("ProxyAuth", "1");
            properties.setProperty("ProxyUID", login.user());
            properties.setProperty("ProxyPWD", login.password());
        });
    }

    /** Parameters: <a href="https://docs.databricks.com/aws/en/integrations/jdbc-oss/">Databricks JDBC driver</a>. */
    private static String url(URI host, String path) {
        boolean tls = !"http".equals(host.getScheme());
        int port = host.getPort() >= 0 ? host.getPort() : tls ? 443 : 80;
        return "jdbc:databricks://" + host.getHost() + ":" + port
                + ";httpPath=" + path
                + ";ssl=" + (tls ? 1 : 0)
                + ";AuthMech=3;UID=token"
                // the statement execution API for warehouses: unset, the driver asks a feature flag host first
                + ";UseThriftClient=" + (path.contains("/o/") ? 1 : 0)
                + ";EnableTelemetry=0"
                + ";socketTimeout=" + SILENCE.toSeconds()
                + ";HttpConnectionRequestTimeout=" + SILENCE.toSeconds()
                // tokens are those of the workspace already
                + ";EnableTokenFederation=0"
                // inline results: fetching from cloud storage needs network paths that many workspaces close
                + ";EnableQueryResultDownload=0"
                // MERGE tells what it did in a row, not only how many rows it affected
                + ";NonRowcountQueryPrefixes=MERGE"
                + ";UserAgentEntry=databricks-connect/" + version();
    }

    private static String version() {
        String version = DeltaDataSource.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    @Override
    public void close() {
        super.close();
        watch.close();
        synchronized (this) {
            if (sessionTokens != null) {
                sessionTokens.close();
            }
        }
    }
}
