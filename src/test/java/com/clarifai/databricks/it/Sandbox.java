package com.clarifai.databricks.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The sandbox, started once for all tests of a JVM, and talked to only over the network: its control API, SQL through
 * the JDBC driver, files through the Files API. None of the application's own code is used here.
 */
public final class Sandbox {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    /** Shorter than a run that has to wait for compute, longer than opening a connection takes on a busy machine. */
    private static final String OAUTH_LIFETIME_SECONDS = "12";

    private static Sandbox instance;

    private final Path endpointsFile;
    private final Properties endpoints = new Properties();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    Sandbox(Path endpointsFile) throws IOException {
        this.endpointsFile = endpointsFile;
        try (Reader reader = Files.newBufferedReader(endpointsFile)) {
            endpoints.load(reader);
        }
    }

    static synchronized Sandbox shared() {
        if (instance == null) {
            try {
                instance = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return instance;
    }

    private static Sandbox start() throws IOException {
        Path log = Path.of(System.getProperty("sandbox.log"));
        Path endpoints = Files.createTempDirectory("sandbox").resolve("endpoints.properties");
        Files.deleteIfExists(log);
        Process process = launch(
                log, endpoints, List.of("--processing-delay", "100", "--oauth-lifetime", OAUTH_LIFETIME_SECONDS));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        return new Sandbox(endpoints);
    }

    /**
     * A sandbox process that is up.
     *
     * @param endpoints the file that it writes then
     */
    static Process launch(Path log, Path endpoints, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("sandbox.command"));
        command.addAll(List.of("--endpoints-file", endpoints.toString()));
        command.addAll(List.of("--rate-limit", "0", "--files-rate-limit", "0"));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Awaitility.await("the sandbox, which logs to " + log)
                .atMost(START_LIMIT)
                .failFast("the sandbox ended, see " + log, () -> !process.isAlive())
                .until(() -> Files.exists(endpoints));
        return process;
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** Settings of the application that lead to this sandbox. */
    public Path endpointsFile() {
        return endpointsFile;
    }

    /** The same with other settings. */
    public Path settingsWith(Map<String, String> changes) {
        Properties settings = new Properties();
        settings.putAll(endpoints);
        settings.putAll(changes);
        try {
            Path file = Files.createTempFile("sandbox", ".properties");
            file.toFile().deleteOnExit();
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> settings() {
        return endpoints.stringPropertyNames();
    }

    public String setting(String name) {
        return endpoints.getProperty(name);
    }

    /** Makes an empty volume. */
    public void createVolume(String fullName) {
        control("POST", "/volumes?name=" + fullName, "");
    }

    /** Whether anybody may make volumes and tables in a schema; what is there can be used as before. */
    void mayCreateIn(String schema, boolean allowed) {
        control("POST", "/rights?schema=" + schema + "&create=" + allowed, "");
    }

    /** Makes a schema with so many tables: {@code table_00001} and so on. */
    void createTables(String schema, int count) {
        control("POST", "/tables?schema=" + schema + "&count=" + count, "");
    }

    /** Fills a volume with the hard test corpus. @return its manifest */
    public JsonNode writeCorpus(String volume, int files) {
        return control("POST", "/corpus?volume=" + volume + "&files=" + files, "");
    }

    /** Makes a volume of small images that are all alike. */
    void writeSmallImages(String volume, int files) {
        control("POST", "/corpus?volume=" + volume + "&files=" + files + "&small=true", "");
    }

    /** Stores an object in the sandbox's bucket. @return its {@code s3://} URL */
    public String putObject(String key, byte[] content) {
        control("PUT", "/s3?key=" + key, BodyPublishers.ofByteArray(content));
        return "s3://" + setting("sandbox.bucket") + "/" + key;
    }

    /** Fills a dataset with inputs and annotations of all kinds. @return how many of each */
    public JsonNode fillDataset(String app, String dataset, int inputs, int annotations) {
        return control(
                "POST",
                "/dataset?app=" + app + "&dataset=" + dataset + "&inputs=" + inputs + "&annotations=" + annotations,
                "");
    }

    /** From now on, at every so many lists of the dataset, inputs enter it and others are deleted. */
    void churn(String app, String dataset, int adds, int deletes, int every) {
        control(
                "POST",
                "/churn?app=" + app + "&dataset=" + dataset + "&adds=" + adds + "&deletes=" + deletes + "&every="
                        + every,
                "");
    }

    /** Ends that. @return the ids that were added and deleted */
    JsonNode endChurn() {
        return control("DELETE", "/churn", "");
    }

    /** Puts an input of Clarifai into the state of any number. */
    void inputStatus(String app, String input, int code) {
        control("POST", "/input-status?app=" + app + "&input=" + input + "&code=" + code, "");
    }

    void fault(String spec) {
        control("POST", "/faults", spec);
    }

    void clearFaults() {
        control("DELETE", "/faults", "");
    }

    void setting(String name, int value) {
        control("POST", "/settings?" + name + "=" + value, "");
    }

    /** How SQL behaves where workspaces differ: {@code time-zone} and others. */
    void sql(String name, String value) {
        control("POST", "/sql?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8), "");
    }

    /**
     * Puts compute into a state of its API, and says what comes of its next starts.
     *
     * @param kind {@code clusters} or {@code warehouses}
     * @param start {@code ok}, {@code denied}, or the code of a termination reason
     */
    void compute(String kind, String id, String state, String start) {
        control("POST", "/" + kind + "?id=" + id + "&state=" + state + "&start=" + start, "");
    }

    /** Ends one executor of a job, as its loss does. */
    void killExecutor(String run) {
        control("POST", "/jobs?kill=executor&run=" + run, "");
    }

    /** Ends the driver of a job with its executors, as want of memory does. */
    void killDriver(String run) {
        control("POST", "/jobs?kill=driver&run=" + run, "");
    }

    void clearCalls() {
        control("DELETE", "/calls", "");
    }

    /** How often something was called since {@link #clearCalls}: {@code clarifai:PostInputs}, {@code files:GET}. */
    long calls(String target) {
        return control("GET", "/calls", "").path(target).asLong();
    }

    private JsonNode control(String method, String path, String body) {
        return control(method, path, BodyPublishers.ofString(body));
    }

    private JsonNode control(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(setting("sandbox.control") + path))
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uploads a file; the path's segments must need no encoding. */
    void putFile(String volumePath, byte[] content) {
        files("PUT", volumePath + "?overwrite=true", BodyPublishers.ofByteArray(content));
    }

    void deleteFile(String volumePath) {
        files("DELETE", volumePath, BodyPublishers.noBody());
    }

    /** Names in a folder of a volume; empty when it is missing. */
    public List<String> listFolder(String volumePath) {
        HttpResponse<String> response =
                workspace("GET", "/api/2.0/fs/directories" + volumePath, BodyPublishers.noBody());
        List<String> names = new ArrayList<>();
        try {
            json.readTree(response.body())
                    .path("contents")
                    .forEach(e -> names.add(e.path("name").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** The states of the statements whose text contains that, the last one first, as the query history has them. */
    List<String> statements(String text) {
        HttpResponse<String> response = workspace("GET", "/api/2.0/sql/history/queries", BodyPublishers.noBody());
        List<String> states = new ArrayList<>();
        try {
            json.readTree(response.body()).path("res").forEach(query -> {
                if (query.path("query_text").asText().contains(text)) {
                    states.add(query.path("status").asText());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states;
    }

    /** The state of a run of a job in its life: {@code RUNNING}, {@code TERMINATED} and others. */
    String jobState(String run) {
        try {
            return json.readTree(workspace("GET", "/api/2.1/jobs/runs/get?run_id=" + run, BodyPublishers.noBody())
                            .body())
                    .at("/state/life_cycle_state")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] file(String volumePath) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(setting("databricks.host") + "/api/2.0/fs/files" + volumePath))
                .header("Authorization", "Bearer " + setting("databricks.token"))
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void files(String method, String path, BodyPublisher body) {
        HttpResponse<String> response = workspace(method, "/api/2.0/fs/files" + path, body);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode());
        }
    }

    private HttpResponse<String> workspace(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(setting("databricks.host") + path))
                .header("Authorization", "Bearer " + setting("databricks.token"))
                .method(method, body)
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, column name to value. */
    public List<Map<String, Object>> query(String sql) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), result.getObject(i));
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    boolean tableExists(String fullName) {
        String[] parts = fullName.split("\\.");
        return !query("SHOW TABLES IN " + parts[0] + "." + parts[1] + " LIKE '" + parts[2] + "'")
                .isEmpty();
    }

    private Connection connect() throws SQLException {
        URI host = URI.create(setting("databricks.host"));
        Properties credentials = new Properties();
        credentials.setProperty("PWD", setting("databricks.token"));
        return DriverManager.getConnection(
                "jdbc:databricks://" + host.getHost() + ":" + host.getPort()
                        + ";httpPath=/sql/1.0/warehouses/" + setting("databricks.warehouse-id")
                        + ";ssl=0;AuthMech=3;UID=token;UseThriftClient=0;EnableTelemetry=0;EnableQueryResultDownload=0",
                credentials);
    }
}
