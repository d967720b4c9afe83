package com.clarifai.databricks.sandbox;

import com.clarifai.databricks.sandbox.clarifai.ClarifaiOptions;
import com.clarifai.databricks.sandbox.clarifai.ClarifaiServer;
import com.clarifai.databricks.sandbox.http.Tls;
import com.clarifai.databricks.sandbox.images.ImageHost;
import com.clarifai.databricks.sandbox.proxy.ForwardProxy;
import com.clarifai.databricks.sandbox.s3.Buckets;
import com.clarifai.databricks.sandbox.s3.S3Server;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import com.clarifai.databricks.sandbox.s3.Sessions;
import com.clarifai.databricks.sandbox.samples.ImageCorpus;
import com.clarifai.databricks.sandbox.samples.SampleVolume;
import com.clarifai.databricks.sandbox.sql.JobProcesses;
import com.clarifai.databricks.sandbox.sql.SqlEndpoint;
import com.clarifai.databricks.sandbox.workspace.Metastore;
import com.clarifai.databricks.sandbox.workspace.WorkspaceServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** All stand-ins over one data directory, started in the order in which they need each other. */
final class Services implements AutoCloseable {

    private static final String SAMPLE_VOLUME = "photos";
    private static final String SAMPLE_APP = "demo";
    private static final String CLIENT_ID = "sandbox-client";
    private static final String CLIENT_SECRET = "sandbox-secret";
    private static final String TENANT_ID = "sandbox-tenant";
    private static final String S3_ACCESS_KEY = "sandbox-access-key";
    private static final String S3_SECRET_KEY = "sandbox-secret-key";
    /** With characters that a URL takes only encoded. */
    private static final ForwardProxy.Login PROXY_LOGIN = new ForwardProxy.Login("sandbox user", "p@ss:w/rd%");

    private static final Duration SLOW_IMAGE_MARGIN = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, String> endpoints = new LinkedHashMap<>();

    private Services() {}

    /** Returns when everything answers; what was started is stopped again if something fails. */
    static Services start(Path data, SandboxSettings settings) throws Exception {
        Services services = new Services();
        try {
            services.startAll(data, settings);
            return services;
        } catch (Exception e) {
            services.close();
            throw e;
        }
    }

    /** The settings of the application by name, and some for tests under {@code sandbox.}. */
    Map<String, String> endpoints() {
        return Collections.unmodifiableMap(endpoints);
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    private void startAll(Path data, SandboxSettings settings) throws Exception {
        Traffic traffic = new Traffic();
        Optional<Tls> tls = settings.tls() ? Optional.of(Tls.create(data)) : Optional.empty();
        Metastore metastore = fill(new Metastore(data));

        ImageHost images =
                ImageHost.start(settings.imagesPort(), ClarifaiServer.FETCH_TIMEOUT.plus(SLOW_IMAGE_MARGIN), traffic);
        started.push(images);

        Buckets buckets = Buckets.in(data);
        Sessions sessions = new Sessions();
        S3Server s3 = S3Server.start(settings.s3Port(), tls, S3_ACCESS_KEY, S3_SECRET_KEY, buckets, sessions, traffic);
        started.push(s3);

        ClarifaiServer clarifai = ClarifaiServer.start(
                new ClarifaiOptions(
                        settings.clarifaiPort(),
                        settings.dataPort(),
                        settings.pat(),
                        settings.userId(),
                        List.of(SAMPLE_APP),
                        data.resolve("clarifai"),
                        settings.rateLimit(),
                        settings.processingDelay(),
                        settings.latency(),
                        ClarifaiOptions.Limits.documented(),
                        tls),
                traffic);
        started.push(clarifai);

        SqlEndpoint sql = SqlEndpoint.start(data, WorkspaceServer.WAREHOUSE_IDS, traffic);
        started.push(sql);

        SampleBucket bucket = new SampleBucket(buckets, images.url(), sql::run);
        bucket.writeCsv();

        AtomicReference<Duration> startDelay = new AtomicReference<>(settings.startDelay());
        WorkspaceServer workspace = WorkspaceServer.start(
                metastore,
                traffic,
                new WorkspaceServer.Options(
                        settings.port(),
                        tls,
                        new WorkspaceServer.Credentials(
                                settings.token(), CLIENT_ID, CLIENT_SECRET, TENANT_ID, settings.oauthLifetime()),
                        startDelay::get,
                        settings.filesRateLimit(),
                        settings.pat(),
                        sql.handler(),
                        sql.thrift(),
                        sql::closeSessions,
                        sql.switches(),
                        sql::describe,
                        Services::writeCorpus,
                        bucket,
                        sessions,
                        clarifai.datasets(images.url()),
                        new JobProcesses(data),
                        data.resolve("jobs"),
                        changeable(traffic, clarifai, startDelay)));
        started.push(workspace);
        warmUp(workspace.url(), settings.token(), tls);

        ForwardProxy proxy = ForwardProxy.start(settings.proxyPort(), Optional.empty(), traffic);
        started.push(proxy);
        ForwardProxy guardedProxy = ForwardProxy.start(settings.guardedProxyPort(), Optional.of(PROXY_LOGIN), traffic);
        started.push(guardedProxy);

        traffic.clearCounts();
        traffic.latency(settings.latency());
        settings.faults().forEach(traffic::plan);

        endpoints.put("databricks.host", workspace.url().toString());
        endpoints.put("databricks.token", settings.token());
        endpoints.put("databricks.warehouse-id", WorkspaceServer.WAREHOUSE_ID);
        endpoints.put("clarifai.base-url", clarifai.baseUrl());
        endpoints.put("clarifai.data-host", clarifai.dataBaseUrl());
        endpoints.put("clarifai.user-id", settings.userId());
        endpoints.put("clarifai.pat", settings.pat());
        // the image host is on this machine
        endpoints.put("export.allow-private-hosts", "true");
        tls.ifPresent(certificates -> {
            endpoints.put("databricks.ca-file", certificates.caFile().toString());
            endpoints.put("clarifai.ca-file", certificates.caFile().toString());
            endpoints.put("s3.ca-file", certificates.caFile().toString());
        });
        endpoints.put("databricks.storage-endpoint", s3.url().toString());
        endpoints.put("s3.endpoint", s3.url().toString());
        endpoints.put("s3.region", S3Server.REGION);
        endpoints.put("s3.access-key", S3_ACCESS_KEY);
        endpoints.put("s3.secret-key", S3_SECRET_KEY);
        endpoints.put("s3.path-style", "true");
        endpoints.put("sandbox.workspace-id", WorkspaceServer.ORG_ID);
        endpoints.put("sandbox.cluster-id", WorkspaceServer.CLUSTER_ID);
        endpoints.put("sandbox.client-id", CLIENT_ID);
        endpoints.put("sandbox.client-secret", CLIENT_SECRET);
        endpoints.put("sandbox.azure-tenant-id", TENANT_ID);
        endpoints.put("sandbox.app", SAMPLE_APP);
        endpoints.put("sandbox.volume", SAMPLE_VOLUME);
        endpoints.put("sandbox.bucket", Buckets.SAMPLES);
        endpoints.put("sandbox.images", images.url().toString());
        endpoints.put("sandbox.proxy", proxy.url().toString());
        endpoints.put("sandbox.guarded-proxy", guardedProxy.url().toString());
        endpoints.put("sandbox.proxy-user", PROXY_LOGIN.user());
        endpoints.put("sandbox.proxy-password", PROXY_LOGIN.password());
        endpoints.put("sandbox.jobs", data.resolve("jobs").toAbsolutePath().toString());
        endpoints.put("sandbox.control", workspace.controlUrl().toString());
    }

    /** Spark takes seconds for its first statement: better before somebody waits for it. */
    private static void warmUp(URI workspace, String token, Optional<Tls> tls)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(workspace + "/api/2.0/sql/statements"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"statement\": \"SELECT 1\", \"wait_timeout\": \"50s\","
                        + " \"warehouse_id\": \"" + WorkspaceServer.WAREHOUSE_ID + "\"}"))
                .build();
        HttpClient.Builder client = HttpClient.newBuilder();
        tls.ifPresent(certificates -> client.sslContext(certificates.clientContext()));
        HttpResponse<String> response = client.build().send(request, HttpResponse.BodyHandlers.ofString());
        String state =
                JSON.readTree(response.body()).path("status").path("state").asText();
        if (!state.equals("SUCCEEDED")) {
            throw new IOException("SQL does not answer: HTTP " + response.statusCode() + " " + response.body());
        }
    }

    private static Map<String, IntConsumer> changeable(
            Traffic traffic, ClarifaiServer clarifai, AtomicReference<Duration> startDelay) {
        Map<String, IntConsumer> settings = new TreeMap<>(clarifai.oddities());
        settings.put("latency", ms -> {
            traffic.latency(Duration.ofMillis(ms));
            clarifai.setLatency(Duration.ofMillis(ms));
        });
        settings.put("processing-delay", ms -> clarifai.setProcessingDelay(Duration.ofMillis(ms)));
        settings.put("rate-limit", clarifai::setRateLimit);
        settings.put("start-delay", ms -> startDelay.set(Duration.ofMillis(ms)));
        return settings;
    }

    private static Metastore fill(Metastore metastore) throws IOException {
        metastore.createSchema("main", "default");
        metastore.createSchema("lab", "default");
        metastore.createSchema("lab", "archive");
        metastore.createSchema(Metastore.READ_ONLY_CATALOG, "pictures");
        Path photos = metastore.createVolume("main", "default", SAMPLE_VOLUME);
        SampleVolume.write(metastore.createVolume(Metastore.READ_ONLY_CATALOG, "pictures", SAMPLE_VOLUME));
        if (isEmpty(photos)) {
            SampleVolume.write(photos);
        }
        return metastore;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static JsonNode writeCorpus(Path directory, int files, boolean small) throws IOException {
        if (small) {
            ImageCorpus.writeSmall(directory, files);
            return JSON.createObjectNode().put("files", files);
        }
        return JSON.valueToTree(ImageCorpus.write(directory, files));
    }
}
