package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;

import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.cli.CommandLineRunner;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Commands of the application, run in this JVM on the shipped routes, against a workspace, a warehouse and a Clarifai app
 * that answer as scripted. Shows in a second what a flow counts, refuses, stages and sends; what SQL makes of it is shown
 * by the integration tests.
 */
public final class RecordedFlow implements AutoCloseable {

    static final String WAREHOUSE = "0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STAGING = "/Volumes/main/default/clarifai_staging/";

    /** How a command ended, and what it wrote. */
    public record Ended(int exitCode, String out, String err) {

        /** The counts of a run that has gone well. */
        @SuppressWarnings("unchecked")
        public Map<String, Object> summary() {
            if (exitCode != 0) {
                throw new AssertionError(exitCode + ": " + err);
            }
            try {
                return JSON.readValue(out, Map.class);
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }

        /** The lines of a run that has gone well, each of which is an object. */
        @SuppressWarnings("unchecked")
        public List<Map<String, Object>> lines() {
            if (exitCode != 0) {
                throw new AssertionError(exitCode + ": " + err);
            }
            try (MappingIterator<Map<String, Object>> lines =
                    JSON.readerFor(Map.class).readValues(out)) {
                return lines.readAll();
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }

        /** What it says has gone wrong, of which there is one line at most. */
        public String error() {
            List<String> errors =
                    err.lines().filter(line -> line.startsWith("error: ")).toList();
            if (errors.size() > 1 || err.contains("\tat ")) {
                throw new AssertionError(err);
            }
            return errors.isEmpty() ? "" : errors.get(0);
        }
    }

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final FakeClarifai clarifai = new FakeClarifai();
    private final ScriptedSql sql = new ScriptedSql(workspace);
    private final Volumes volumes = new Volumes(workspace);

    public RecordedFlow() {
        workspace
                .on("GET /.well-known/databricks-config", json("{}"))
                .on("GET /oidc/.well-known/oauth-authorization-server", json("{}"))
                .on(
                        "GET /api/2.0/sql/warehouses/" + WAREHOUSE,
                        json("{\"id\":\"w\",\"name\":\"W\",\"state\":\"RUNNING\"}"))
                .on("GET /api/2.1/unity-catalog/schemas/main.default", json("{\"full_name\":\"main.default\"}"))
                .on("POST /api/2.1/unity-catalog/volumes", json("{}"))
                .onPrefix("GET /api/2.1/unity-catalog/volumes/", json("{}"));
    }

    public FakeWorkspace workspace() {
        return workspace;
    }

    public FakeClarifai clarifai() {
        return clarifai;
    }

    public ScriptedSql sql() {
        return sql;
    }

    /** Puts a file into a volume. */
    public String file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public String file(String path, byte[] content) {
        volumes.put(path, content);
        return path;
    }

    /** Takes a file out of its volume. */
    void forget(String path) {
        volumes.remove(path);
    }

    /** Rows that were staged for SQL under names that begin like this, in this order. */
    public List<Map<String, Object>> staged(String part) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Request request : workspace.requests("PUT")) {
            if (request.target().matches("/api/2.0/fs/files" + STAGING + "[^/]+/" + part + ".*\\.json\\.gz.*")) {
                rows.addAll(lines(request.body()));
            }
        }
        return rows;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(byte[] gzip) {
        try (MappingIterator<Map<String, Object>> lines =
                JSON.readerFor(Map.class).readValues(new GZIPInputStream(new ByteArrayInputStream(gzip)))) {
            return lines.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Ended run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** An import of the volume {@code main.default.photos} into {@code pictures}. */
    Ended importVolume(Map<String, String> settings, String... more) {
        return run(
                settings,
                Stream.concat(
                                Stream.of(
                                        "import",
                                        "volume",
                                        "--json",
                                        "--catalog=main",
                                        "--schema=default",
                                        "--volume=photos",
                                        "--table=main.default.inputs",
                                        "--app=app",
                                        "--dataset=pictures"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    /** @param settings besides those that lead to the stand-ins */
    public synchronized Ended run(Map<String, String> settings, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            Path config = config(settings);
            int exitCode =
                    CommandLineRunner.run(Stream.concat(Stream.of("--config", config.toString()), Stream.of(arguments))
                            .toArray(String[]::new));
            Files.delete(config);
            return new Ended(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    /** A file of settings that lead to the stand-ins, and of these. */
    public Path config(Map<String, String> settings) throws IOException {
        Properties all = new Properties();
        all.putAll(Map.of(
                "databricks.host",
                workspace.host(),
                "databricks.token",
                FakeWorkspace.TOKEN,
                "databricks.warehouse-id",
                WAREHOUSE,
                "databricks.files-requests-per-second",
                "1000",
                "clarifai.base-url",
                clarifai.url(),
                "clarifai.pat",
                FakeClarifai.PAT,
                "clarifai.requests-per-second",
                "0",
                "runs.history",
                "false"));
        all.putAll(settings);
        Path file = Files.createTempFile("recorded", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            all.store(writer, null);
        }
        return file;
    }

    @Override
    public void close() {
        clarifai.close();
        workspace.close();
    }
}
