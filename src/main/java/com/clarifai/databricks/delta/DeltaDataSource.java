package com.clarifai.databricks.delta;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A small pool of SQL connections to a Databricks warehouse or cluster.
 *
 * <p>Nothing is opened before the first statement, and idle connections are given back before the server forgets their
 * session (after about 15 minutes). The token is a connection property, never part of the URL.
 */
public class DeltaDataSource extends HikariDataSource {

    private static final int MAX_CONNECTIONS = 4;

    private String host;
    private String token;
    private String warehouseId;
    private String httpPath;

    /** Workspace URL; without a scheme, https. */
    public void setHost(String host) {
        this.host = host;
    }

    public void setToken(String token) {
        this.token = token;
    }

    /** Id of the SQL warehouse that runs the statements. */
    public void setWarehouseId(String warehouseId) {
        this.warehouseId = warehouseId;
    }

    /** HTTP path of the compute, instead of a warehouse id. */
    public void setHttpPath(String httpPath) {
        this.httpPath = httpPath;
    }

    /** Prepares the pool from the settings; opens no connection. */
    public void configure() {
        setPoolName("databricks-sql");
        setDriverClassName("com.databricks.client.jdbc.Driver");
        setJdbcUrl(url());
        setPassword(token);
        setMaximumPoolSize(MAX_CONNECTIONS);
        setMinimumIdle(0);
        setInitializationFailTimeout(-1);
        setIdleTimeout(TimeUnit.MINUTES.toMillis(3));
        setMaxLifetime(TimeUnit.MINUTES.toMillis(14));
        setConnectionTimeout(TimeUnit.MINUTES.toMillis(20));
    }

    /** Parameters: <a href="https://docs.databricks.com/aws/en/integrations/jdbc-oss/">Databricks JDBC driver</a>. */
    private String url() {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("databricks.host is not set");
        }
        String path = httpPath != null && !httpPath.isBlank() ? httpPath : "/sql/1.0/warehouses/" + warehouseId;
        URI uri = URI.create(host.contains("://") ? host : "https://" + host);
        boolean tls = !"http".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return "jdbc:databricks://" + uri.getHost() + ":" + port
                + ";httpPath=" + path
                + ";ssl=" + (tls ? 1 : 0)
                + ";AuthMech=3;UID=token"
                // the statement execution API for warehouses: unset, the driver asks a feature flag host first
                + ";UseThriftClient=" + (path.contains("/warehouses/") ? 0 : 1)
                + ";EnableTelemetry=0"
                // inline results: fetching from cloud storage needs network paths that many workspaces close
                + ";EnableQueryResultDownload=0"
                + ";UserAgentEntry=databricks-connect/" + version();
    }

    private static String version() {
        String version = DeltaDataSource.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
