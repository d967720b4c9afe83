package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Comments;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl;
import com.clarifai.databricks.sandbox.http.Listener;
import com.clarifai.databricks.sandbox.http.Tls;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import com.clarifai.databricks.sandbox.s3.Sessions;
import com.clarifai.databricks.sandbox.sql.SqlSwitches;
import com.clarifai.databricks.sandbox.sql.WarehouseIds;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The workspace: REST APIs, the SQL endpoint it is given, and the sandbox's control API, on one port of 127.0.0.1. */
public final class WorkspaceServer implements AutoCloseable {

    /** The id of the SQL warehouse. */
    public static final String WAREHOUSE_ID = WarehousesApi.ID;

    /** All ids of the SQL warehouse. */
    public static final WarehouseIds WAREHOUSE_IDS = WarehousesApi.IDS;

    /** The id of the cluster that runs at first. */
    public static final String CLUSTER_ID = ClustersApi.RUNNING_ID;

    /** The id of the workspace, which Thrift paths have in them. */
    public static final String ORG_ID = BearerAuth.ORG_ID;

    /** A comment in the Databricks CLI gives 10 for the Files API. */
    private static final int FILES_IN_FLIGHT = 10;
    /** Above the limit of the Files API, so that a delay there holds up nothing else. */
    private static final int THREADS = 64;

    /**
     * @param port 0 for a free one
     * @param startTime how long a cluster or warehouse takes to start
     * @param filesRateLimit Files API calls a second at first, 0 for any number
     * @param pat the Clarifai token in the workspace's secrets
     * @param sql answers everything below {@code /api/2.0/sql/statements}, {@code /api/2.0/sql/sessions}
     *     and {@code /api/2.0/sql/warehouses/{id}/sessions}; counts its own calls
     * @param thrift answers the Thrift calls to clusters and the warehouse; counts its own calls
     * @param endSqlSessions ends all of them, as their expiry does
     * @param sqlSwitches how the SQL endpoint behaves
     * @param sessions gives out the temporary credentials for volumes
     * @param jobs runs the jars of jobs
     * @param jobsDirectory where each run of a job has a folder
     * @param settings what {@code POST /sandbox/settings} may change
     */
    public record Options(
            int port,
            Optional<Tls> tls,
            Credentials credentials,
            Supplier<Duration> startTime,
            int filesRateLimit,
            String pat,
            HttpHandler sql,
            HttpHandler thrift,
            Runnable endSqlSessions,
            SqlSwitches sqlSwitches,
            TableLookup tables,
            CorpusWriter corpus,
            SampleBucket bucket,
            Sessions sessions,
            DatasetControl datasets,
            JobWorker jobs,
            Path jobsDirectory,
            Map<String, IntConsumer> settings) {}

    /**
     * @param token a personal access token
     * @param clientId of the one service principal
     * @param azureTenantId of the same one, where it is asked for as one of Microsoft Entra ID
     * @param oauthLifetime of the access tokens that the service principal gets
     */
    public record Credentials(
            String token, String clientId, String clientSecret, String azureTenantId, Duration oauthLifetime) {}

    private final Undertow server;
    private final JobRunner jobs;

    private WorkspaceServer(Undertow server, JobRunner jobs) {
        this.server = server;
        this.jobs = jobs;
    }

    public static WorkspaceServer start(Metastore metastore, Traffic traffic, Options options) {
        Clock clock = Clock.systemUTC();
        Credentials credentials = options.credentials();
        AccessTokens tokens = new AccessTokens(credentials.token(), credentials.oauthLifetime(), clock);
        Switches switches = new Switches(options.filesRateLimit());
        Map<String, IntConsumer> settings = new HashMap<>(options.settings());
        settings.putAll(switches.settings());
        Routes routes = new Routes(traffic, tokens, switches);
        new OAuthApi(
                        credentials.clientId(),
                        credentials.clientSecret(),
                        credentials.azureTenantId(),
                        tokens,
                        new UserSignIns(clock),
                        switches)
                .register(routes);
        Comments comments = metastore.comments();
        new UnityCatalogApi(metastore, comments).register(routes);
        new VolumesApi(metastore, comments).register(routes);
        new CredentialsApi(metastore, options.sessions(), switches).register(routes);
        new TablesApi(metastore, options.tables()).register(routes);
        VolumeDisk volumes = new VolumeDisk(metastore);
        FilesThrottle limit = new FilesThrottle(ORG_ID, FILES_IN_FLIGHT, switches::filesRateLimit);
        new FilesApi(volumes, limit).register(routes);
        new DirectoriesApi(volumes, limit).register(routes);
        new SecretsApi(options.pat()).register(routes);
        ClustersApi clusters = new ClustersApi(clock, options.startTime());
        clusters.register(routes);
        JobRunner jobs =
                new JobRunner(options.jobs(), volumes, options.jobsDirectory(), options.pat(), options.startTime());
        new JobsApi(jobs, clusters::ofJob).register(routes);
        WarehousesApi warehouses = new WarehousesApi(clock, options.startTime());
        warehouses.register(routes);
        new ScimApi().register(routes);
        new ControlApi(metastore, traffic, options.corpus(), options.bucket(), options.datasets(), settings)
                .register(routes);

        ControlApi.add(routes, "DELETE", "/sessions", exchange -> options.endSqlSessions()
                .run());
        ControlApi.add(routes, "POST", "/sql", new SqlControl(options.sqlSwitches()));

        HttpHandler sql = new WarehouseGate(warehouses.warehouse(), options.sql());
        routes.addAll("/api/2.0/sql/statements", sql)
                .addAll("/api/2.0/sql/sessions", sql)
                .addAll("/api/2.0/sql/history", sql)
                .addAll("/api/2.0/sql/warehouses/{id}/sessions", sql)
                .addThrift("/sql/protocolv1/o/{org}/{cluster}", new ClusterGate(clusters::attach, options.thrift()))
                .addThrift("/sql/1.0/warehouses/{id}", new ClusterGate(warehouses::requested, options.thrift()));
        Undertow server = Listener.builder(options.port(), options.tls())
                .setHandler(routes.handler())
                .setWorkerThreads(THREADS)
                .build();
        server.start();
        return new WorkspaceServer(server, jobs);
    }

    /** {@code http://127.0.0.1:PORT}, or {@code https:}, without a slash at the end. */
    public URI url() {
        return Listener.url(server);
    }

    /** Where the control API begins. */
    public URI controlUrl() {
        return URI.create(url() + ControlApi.ROOT);
    }

    @Override
    public void close() {
        jobs.close();
        server.stop();
    }
}
