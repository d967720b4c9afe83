package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.DirectoryDeletion;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl;
import com.clarifai.databricks.sandbox.s3.Buckets;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import com.clarifai.databricks.sandbox.s3.Sessions;
import com.clarifai.databricks.sandbox.sql.SqlSwitches;
import com.clarifai.databricks.sandbox.sql.TableDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A workspace over an empty folder, with catalogs {@code main} and {@code samples}, and a client for it. */
final class RunningWorkspace implements BeforeEachCallback, AfterEachCallback {

    static final String TOKEN = "dapi-test";
    static final String PAT = "pat-test";
    static final String CLIENT_ID = "client-test";
    static final String CLIENT_SECRET = "secret-test";
    static final String TENANT_ID = "tenant-test";
    static final Duration START_TIME = Duration.ofMillis(500);
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Traffic traffic = new Traffic();
    private final Duration oauthLifetime;
    final ScriptedJobs jobs = new ScriptedJobs();
    private Path data;
    private Metastore metastore;
    private WorkspaceServer server;
    volatile int processingDelay = -1;
    final List<Object> datasetOrders = new CopyOnWriteArrayList<>();
    private final DatasetControl datasets = new DatasetControl() {
        @Override
        public Map<String, Map<String, Integer>> fill(Filling filling) {
            if (filling.inputs() == 0) {
                throw new IllegalArgumentException("nothing to fill with");
            }
            datasetOrders.add(filling);
            return Map.of("inputs", Map.of("image", filling.inputs()));
        }

        @Override
        public void churn(Churning churning) {
            datasetOrders.add(churning);
        }

        @Override
        public void setStatus(String app, String input, int code) {
            datasetOrders.add(List.of(app, input, code));
        }

        @Override
        public Map<String, List<String>> endChurn() {
            return Map.of("added", List.of("a"), "deleted", List.of());
        }
    };
    final List<String> ranSql = new CopyOnWriteArrayList<>();

    RunningWorkspace() {
        this(Duration.ofHours(1));
    }

    RunningWorkspace(Duration oauthLifetime) {
        this.oauthLifetime = oauthLifetime;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("workspace");
        metastore = new Metastore(data);
        metastore.createSchema("main", "default");
        metastore.createSchema("main", "archive");
        metastore.createSchema("samples", "pictures");
        metastore.createVolume("main", "default", "photos");
        metastore.createVolume("samples", "pictures", "locked");
        server = WorkspaceServer.start(
                metastore,
                traffic,
                new WorkspaceServer.Options(
                        0,
                        Optional.empty(),
                        new WorkspaceServer.Credentials(TOKEN, CLIENT_ID, CLIENT_SECRET, TENANT_ID, oauthLifetime),
                        () -> START_TIME,
                        0,
                        PAT,
                        exchange -> {
                            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
                            exchange.getResponseSender().send("{\"sql\":\"" + exchange.getRequestPath() + "\"}");
                        },
                        exchange -> exchange.getResponseSender()
                                .send(new String(exchange.getInputStream().readAllBytes()) + " to Thrift"),
                        () -> {},
                        new SqlSwitches(),
                        RunningWorkspace::describe,
                        (directory, files, small) -> {
                            Files.writeString(directory.resolve("one.txt"), "1");
                            return JSON.createObjectNode().put("files", files).put("small", small);
                        },
                        new SampleBucket(Buckets.in(data), URI.create("http://images"), ranSql::addAll),
                        new Sessions(),
                        datasets,
                        jobs,
                        data.resolve("jobs"),
                        Map.of("processing-delay", ms -> processingDelay = ms)));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        server.close();
        DirectoryDeletion.delete(data);
    }

    private static Optional<TableDescription> describe(String catalog, String schema, String table) {
        return Optional.of(new TableDescription(
                table,
                "MANAGED",
                List.of(new TableDescription.Column("input_id", "string", "STRING", false, null, 0)),
                Map.of("delta.minReaderVersion", "1"),
                "file:/nowhere",
                "SELECT 1",
                null));
    }

    Path photos() {
        return data.resolve("Volumes/main/default/photos");
    }

    Path bucket() {
        return data.resolve("s3").resolve(Buckets.SAMPLES);
    }

    Path tables() {
        return data.resolve("Tables");
    }

    URI uri(String pathAndQuery) {
        return URI.create(server.url() + pathAndQuery);
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(uri(pathAndQuery))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<byte[]> get(String pathAndQuery) throws IOException, InterruptedException {
        return send(request(pathAndQuery));
    }

    HttpResponse<byte[]> call(String method, String pathAndQuery, String body)
            throws IOException, InterruptedException {
        return send(request(pathAndQuery)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Plans faults over the control API. */
    void plan(String faults) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call("POST", "/sandbox/faults", faults);
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException(new String(response.body()));
        }
    }
}
