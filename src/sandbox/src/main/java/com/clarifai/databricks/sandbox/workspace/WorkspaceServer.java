package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.IntConsumer;

/** The workspace: REST APIs, the SQL endpoint it is given, and the sandbox's control API, on one port of 127.0.0.1. */
public final class WorkspaceServer implements AutoCloseable {

    /** The id of the SQL warehouse. */
    public static final String WAREHOUSE_ID = WarehousesApi.ID;

    private static final String HOST = "127.0.0.1";
    /** A comment in the Databricks CLI gives 10 for the Files API. */
    private static final int FILES_IN_FLIGHT = 10;
    /** Above the limit of the Files API, so that a delay there holds up nothing else. */
    private static final int THREADS = 64;

    /**
     * @param port 0 for a free one
     * @param token what requests must carry
     * @param pat the Clarifai token in the workspace's secrets
     * @param sql answers everything below {@code /api/2.0/sql/statements}, {@code /api/2.0/sql/sessions}
     *     and {@code /api/2.0/sql/warehouses/{id}/sessions}; counts its own calls
     * @param settings what {@code POST /sandbox/settings} may change
     */
    public record Options(
            int port,
            String token,
            String pat,
            HttpHandler sql,
            TableSource tables,
            CorpusWriter corpus,
            SampleBucket bucket,
            DatasetControl datasets,
            Map<String, IntConsumer> settings) {}

    private final Undertow server;

    private WorkspaceServer(Undertow server) {
        this.server = server;
    }

    public static WorkspaceServer start(Metastore metastore, Traffic traffic, Options options) {
        Routes routes = new Routes(traffic, options.token());
        Comments comments = new Comments();
        new UnityCatalogApi(metastore, comments).register(routes);
        new VolumesApi(metastore, comments).register(routes);
        new TablesApi(metastore, options.tables()).register(routes);
        VolumeFiles volumes = new VolumeFiles(metastore);
        InFlightLimit limit = new InFlightLimit(FILES_IN_FLIGHT);
        new FilesApi(volumes, limit).register(routes);
        new DirectoriesApi(volumes, limit).register(routes);
        new SecretsApi(options.pat()).register(routes);
        new ClustersApi(Clock.systemUTC()).register(routes);
        new WarehousesApi().register(routes);
        new ScimApi().register(routes);
        new ControlApi(metastore, traffic, options.corpus(), options.bucket(), options.datasets(), options.settings())
                .register(routes);

        routes.addAll("/api/2.0/sql/statements", options.sql())
                .addAll("/api/2.0/sql/sessions", options.sql())
                .addAll("/api/2.0/sql/warehouses/{id}/sessions", options.sql());
        Undertow server = Undertow.builder()
                .addHttpListener(options.port(), HOST, routes.handler())
                .setWorkerThreads(THREADS)
                .build();
        server.start();
        return new WorkspaceServer(server);
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public URI url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + HOST + ":" + address.getPort());
    }

    /** Where the control API begins. */
    public URI controlUrl() {
        return URI.create(url() + ControlApi.ROOT);
    }

    @Override
    public void close() {
        server.stop();
    }
}
