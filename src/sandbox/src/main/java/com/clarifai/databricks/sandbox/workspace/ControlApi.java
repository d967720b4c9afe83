package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Rights;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Lets tests look into the sandbox and disturb it. No token, from this machine only.
 *
 * <ul>
 *   <li>{@code GET /sandbox/calls}: the number of calls so far, {@code {"files:GET": 3, ...}}
 *   <li>{@code DELETE /sandbox/calls}: counts from zero again
 *   <li>{@code POST /sandbox/faults}: plans faults, one {@link Fault} a line
 *   <li>{@code DELETE /sandbox/faults}: forgets them
 *   <li>{@code POST /sandbox/volumes?name=main.default.x}: makes a volume, also where the token may not
 *   <li>{@code POST /sandbox/tables?schema=main.x&count=N}: makes a schema with N tables without rows, {@code table_00001}, ...
 *   <li>{@code POST /sandbox/corpus?volume=main.default.x&files=N[&small=true]}: fills a volume with N difficult files, or
 *       with small ones that are all alike; answers with the manifest
 *   <li>{@code PUT /sandbox/s3?key=KEY}: makes the body an object of the sample bucket
 *   <li>{@code POST /sandbox/s3/csv?key=KEY&rows=N}: generates an import file of N rows there
 *   <li>{@code POST /sandbox/s3/samples}: makes {@code samples/delta} and {@code samples/parquet} there
 *   <li>{@code POST /sandbox/dataset?app=A&dataset=D&inputs=N&annotations=M[&seed=S][&first=F]}: fills a dataset of Clarifai
 *       with inputs {@code sample-<number>}, numbered from F, and their annotations of all kinds; answers with the counts
 *   <li>{@code POST /sandbox/churn?app=A&dataset=D&adds=N&deletes=M&every=K}: from now on, before each K-th list of the
 *       app's inputs or annotations, N inputs enter the dataset and any M of it are deleted
 *   <li>{@code DELETE /sandbox/churn}: ends that; answers with the ids, {@code {"added": [...], "deleted": [...]}}
 *   <li>{@code POST /sandbox/input-status?app=A&input=I&code=N}: puts an input of Clarifai into the state of any number
 *   <li>{@code POST /sandbox/rights?schema=CATALOG.SCHEMA&create=false|true}: from now on nobody, or everybody, may make
 *       volumes and tables in the schema; what is there can be read and written as before
 *   <li>{@code DELETE /sandbox/sessions}: ends all SQL sessions, as their expiry does
 *   <li>{@code POST /sandbox/clusters} and {@code /sandbox/warehouses}: see {@link ComputeControl}
 *   <li>{@code POST /sandbox/jobs}: see {@link JobsApi}
 *   <li>{@code POST /sandbox/sql}: see {@link SqlControl}
 *   <li>{@code POST /sandbox/settings?NAME=NUMBER&...}: {@code latency}, {@code processing-delay} and {@code start-delay} in milliseconds,
 *       {@code rate-limit} in requests a second, {@code files-rate-limit} in calls of the Files API a second,
 *       {@code credential-lifetime} of temporary credentials in seconds; and how Clarifai answers where no source says how it does:
 *       {@code unknown-ids} (code of a list by ids none of which exists, 0: an empty list), {@code dataset-item} (code of an
 *       item added to a dataset, 64100; 0: answers say nothing of their items), {@code patched-input} (code of an input
 *       that was changed, 30200), {@code readable-user} (0: the token may not read its user), {@code hosted-original} (0:
 *       originals are not hosted), {@code lost-members} (how many members a list of a dataset leaves out), {@code free-ids} (1: ids
 *       may have any characters), {@code tied-members} (1: members have times in whole seconds), {@code reindex-delay} (how
 *       long in milliseconds an input shows that it is indexed again after a change); and with 1 or 0: {@code external-access}, {@code external-use-schema}, {@code external-use-location} (whether
 *       temporary credentials are given out), {@code int64-as-string}, {@code unified-host}
 *       (each call must say which workspace it is for, and tokens are given out for the account), {@code refuse-sign-ins}
 *       (users who are asked in the browser say no)
 * </ul>
 */
final class ControlApi {

    static final String ROOT = "/sandbox";

    private final Metastore metastore;
    private final Traffic traffic;
    private final CorpusWriter corpus;
    private final SampleBucket bucket;
    private final DatasetControl datasets;
    private final Map<String, IntConsumer> settings;

    ControlApi(
            Metastore metastore,
            Traffic traffic,
            CorpusWriter corpus,
            SampleBucket bucket,
            DatasetControl datasets,
            Map<String, IntConsumer> settings) {
        this.metastore = metastore;
        this.traffic = traffic;
        this.corpus = corpus;
        this.bucket = bucket;
        this.datasets = datasets;
        this.settings = settings;
    }

    void register(Routes routes) {
        add(routes, "GET", "/calls", exchange -> Json.send(exchange, traffic.counts()));
        add(routes, "DELETE", "/calls", exchange -> traffic.clearCounts());
        add(routes, "POST", "/faults", this::planFaults);
        add(routes, "DELETE", "/faults", exchange -> traffic.clearFaults());
        add(routes, "POST", "/volumes", this::createVolume);
        add(routes, "POST", "/tables", this::createTables);
        add(routes, "POST", "/rights", this::changeRights);
        add(routes, "POST", "/corpus", this::writeCorpus);
        add(routes, "PUT", "/s3", this::putObject);
        add(routes, "POST", "/s3/csv", this::generateCsv);
        add(routes, "POST", "/s3/samples", exchange -> bucket.writeTables());
        add(routes, "POST", "/dataset", this::fillDataset);
        add(routes, "POST", "/churn", this::churn);
        add(routes, "DELETE", "/churn", exchange -> Json.send(exchange, datasets.endChurn()));
        add(routes, "POST", "/input-status", this::setInputStatus);
        add(routes, "POST", "/settings", this::change);
    }

    /** A call of this API, open to this machine only. */
    static void add(Routes routes, String method, String path, HttpHandler handler) {
        routes.addOpen(method, ROOT + path, exchange -> {
            InetSocketAddress client = exchange.getSourceAddress();
            if (!client.getAddress().isLoopbackAddress()) {
                throw ApiError.denied("USE", "the sandbox from another machine");
            }
            handler.handleRequest(exchange);
        });
    }

    private void planFaults(HttpServerExchange exchange) throws IOException {
        String text = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            List<Fault> faults = text.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .map(Fault::parse)
                    .toList();
            faults.forEach(traffic::plan);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    private void createVolume(HttpServerExchange exchange) throws IOException {
        volume(Parameters.of(exchange).require("name"));
    }

    private void createTables(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String[] names = Metastore.fullName(parameters.require("schema"), 2);
        metastore.catalogDirectory(names[0]);
        metastore.createSchema(names[0], names[1]);
        EmptyTables.create(metastore.schemaDirectory(names[0], names[1]), number(parameters, "count"));
    }

    private void changeRights(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String[] names = Metastore.fullName(parameters.require("schema"), 2);
        Rights.create(metastore.schemaDirectory(names[0], names[1]), parameters.flag("create"));
    }

    private void writeCorpus(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        Path directory = volume(parameters.require("volume"));
        Json.send(exchange, corpus.write(directory, number(parameters, "files"), parameters.flag("small")));
    }

    private void putObject(HttpServerExchange exchange) throws IOException {
        inBucket(() -> bucket.put(key(exchange), exchange.getInputStream()));
    }

    private void generateCsv(HttpServerExchange exchange) throws IOException {
        int rows = number(Parameters.of(exchange), "rows");
        inBucket(() -> bucket.generateCsv(key(exchange), rows));
    }

    /** Tells a key that cannot be. */
    private static void inBucket(ObjectWrite write) throws IOException {
        try {
            write.run();
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    @FunctionalInterface
    private interface ObjectWrite {
        void run() throws IOException;
    }

    private static String key(HttpServerExchange exchange) {
        return Parameters.of(exchange).require("key");
    }

    private void fillDataset(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        DatasetControl.Filling filling = new DatasetControl.Filling(
                parameters.require("app"),
                parameters.require("dataset"),
                number(parameters, "inputs"),
                number(parameters, "annotations"),
                parameters.number("seed").orElse(0),
                parameters.number("first").orElse(0));
        try {
            Json.send(exchange, datasets.fill(filling));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    private void churn(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        DatasetControl.Churning churning = new DatasetControl.Churning(
                parameters.require("app"),
                parameters.require("dataset"),
                number(parameters, "adds"),
                number(parameters, "deletes"),
                number(parameters, "every"));
        try {
            datasets.churn(churning);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    private void setInputStatus(HttpServerExchange exchange) {
        Parameters parameters = Parameters.of(exchange);
        try {
            datasets.setStatus(parameters.require("app"), parameters.require("input"), number(parameters, "code"));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    private static int number(Parameters parameters, String name) {
        return parameters.number(name).orElseThrow(() -> ApiError.invalid("Missing required parameter: " + name));
    }

    private Path volume(String fullName) throws IOException {
        String[] names = Metastore.fullName(fullName, 3);
        metastore.schemaDirectory(names[0], names[1]);
        return metastore.createVolume(names[0], names[1], names[2]);
    }

    private void change(HttpServerExchange exchange) {
        Parameters parameters = Parameters.of(exchange);
        for (String name : exchange.getQueryParameters().keySet()) {
            if (!settings.containsKey(name)) {
                throw ApiError.invalid("Unknown setting: " + name + "; known: " + settings.keySet());
            }
            parameters.number(name).ifPresent(settings.get(name));
        }
    }
}
