package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.Traffic;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A stand-in for Clarifai: its gRPC API and its data host, on the loopback interface.
 *
 * <p>Counts and faults go by {@code clarifai:<RPC>} and {@code data:<HTTP method>}.
 */
public final class ClarifaiServer implements AutoCloseable {

    /** How long a download of an image posted by URL may take. */
    public static final Duration FETCH_TIMEOUT = Duration.ofSeconds(10);

    private static final int STOP_SECONDS = 5;

    private final Store store;
    private final RateLimit rateLimit;
    private final ImageServer dataHost;
    private final Processing processing;
    private final Calls calls;
    private final Server server;
    private final Oddities oddities;
    private final Function<URI, DatasetControl> datasets;

    private ClarifaiServer(
            Store store,
            RateLimit rateLimit,
            ImageServer dataHost,
            Processing processing,
            Calls calls,
            Server server,
            Oddities oddities,
            Function<URI, DatasetControl> datasets) {
        this.store = store;
        this.rateLimit = rateLimit;
        this.dataHost = dataHost;
        this.processing = processing;
        this.calls = calls;
        this.server = server;
        this.oddities = oddities;
        this.datasets = datasets;
    }

    /** Starts both servers; images posted by URL are fetched over the network. */
    public static ClarifaiServer start(ClarifaiOptions options, Traffic traffic) throws IOException {
        return start(options, traffic, new HttpFetcher(FETCH_TIMEOUT));
    }

    /** Starts both servers with a downloader of one's own, which is closed with them. */
    public static ClarifaiServer start(ClarifaiOptions options, Traffic traffic, Fetcher fetcher) throws IOException {
        Files.createDirectories(options.dataDir());
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Store store = opened(opened, new Store(options.dataDir().resolve("clarifai.mv")));
            StoredImages files = new StoredImages(options.dataDir().resolve("images"), new DrawnImages(store));
            VersionArchives archives = new VersionArchives(options.dataDir().resolve("versions"));
            Authentication authentication = new Authentication(options.pat(), options.userId());
            RateLimit rateLimit = new RateLimit(options.rateLimit(), System::nanoTime);
            ImageServer dataHost = opened(
                    opened,
                    new ImageServer(
                            options.dataPort(),
                            options.tls(),
                            options.userId(),
                            traffic,
                            authentication,
                            files,
                            archives));
            Oddities oddities = new Oddities();
            DataAddress dataAddress = new DataAddress(dataHost.baseUrl());
            InputView view = new InputView(options.userId(), dataAddress, oddities);
            ClarifaiTables tables = ClarifaiTables.of(store, view);
            Processing processing = opened(opened, new Processing(tables, files, fetcher, options));
            Calls calls = new Calls(traffic, authentication, rateLimit, tables, options.latency());
            AppsService apps = new AppsService(tables, files, options, oddities);
            apps.createMissing(options.apps());
            apps.createForOrganisation();
            DatasetsService datasets = new DatasetsService(tables, view, options, oddities);
            VersionsService versions = new VersionsService(tables, view, archives, processing, dataAddress, options);
            Churn churn = new Churn(tables, files);
            processing.resume();
            versions.resume();
            Server server = NettyServerBuilder.forAddress(
                            new InetSocketAddress("127.0.0.1", options.port()), credentials(options))
                    .maxInboundMessageSize(options.limits().requestBytes())
                    .intercept(authentication)
                    .intercept(dataAddress)
                    .addService(new V2Service(
                            calls, apps, datasets, versions, churn, tables, view, files, processing, oddities, options))
                    .build()
                    .start();
            return new ClarifaiServer(
                    store,
                    rateLimit,
                    dataHost,
                    processing,
                    calls,
                    server,
                    oddities,
                    images -> new SampleDatasets(tables, files, apps, datasets, churn, options.userId(), images));
        } catch (IOException | RuntimeException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    private static ServerCredentials credentials(ClarifaiOptions options) {
        return options.tls()
                .map(tls -> TlsServerCredentials.newBuilder()
                        .keyManager(tls.keyManager())
                        .build())
                .orElseGet(InsecureServerCredentials::create);
    }

    /** Last opened, first closed: a port in use must not leave the store locked. */
    private static void closeAll(Deque<AutoCloseable> opened, Exception cause) {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Address of the gRPC API; the scheme {@code http} tells clients not to use TLS. */
    public String baseUrl() {
        return URI.create(dataHost.baseUrl()).getScheme() + "://127.0.0.1:" + server.getPort();
    }

    /** Address of the host of image bytes. */
    public String dataBaseUrl() {
        return dataHost.baseUrl();
    }

    /** Requests a second and user, 0 = unlimited. */
    public void setRateLimit(int requestsPerSecond) {
        rateLimit.setPerSecond(requestsPerSecond);
    }

    /** Time from the acceptance of an input to its final status, for those that come now. */
    public void setProcessingDelay(Duration delay) {
        processing.setDelay(delay);
    }

    /** Time added to every call. */
    public void setLatency(Duration latency) {
        calls.setLatency(latency);
    }

    /** How the service answers where no source says how it does, by name; see the control API. */
    public Map<String, IntConsumer> oddities() {
        return oddities.settings();
    }

    /**
     * Fills and stirs datasets.
     *
     * @param images address of the web server with the originals of images posted by URL
     */
    public DatasetControl datasets(URI images) {
        return datasets.apply(images);
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        dataHost.close();
        processing.close();
        store.close();
    }
}
