package com.clarifai.databricks.cli;

import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.Console;
import com.clarifai.databricks.console.ConsoleAccess;
import com.clarifai.databricks.service.RunsFile;
import com.clarifai.databricks.service.ScheduleFile;
import com.clarifai.databricks.service.ServedConnection;
import com.clarifai.databricks.service.ServedSchedules;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shipped console in this process, with nothing of the user's own files. */
public final class ServedPage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConsoleAccess access;
    private final Map<String, String> settings;
    private final Path files;
    private final int port;
    private final ServedConnection connection;
    private final ServedSchedules schedules;
    private final Console console;
    private volatile Application application;
    private volatile Thread restarting;

    private ServedPage(ConsoleAccess access, Map<String, String> settings) {
        this.access = access;
        this.settings = settings;
        try {
            this.files = Files.createTempDirectory("page");
            Files.createFile(files.resolve("profiles"));
            this.port = FreePort.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Settings own = settings(Map.of());
        this.connection = new ServedConnection(this::settings, new FlowCatalog(), this::restart);
        Commands commands = new CommandForms();
        this.schedules = new ServedSchedules(List.of(), ScheduleFile.of(own), commands);
        this.console = new Console(
                "127.0.0.1", port, Set.of(), access, commands, connection, schedules, RunsFile.of(own), "test");
        this.application = serve();
    }

    private Application serve() {
        Settings now = connection.serve();
        now.unset("camel.main.routesExcludePattern");
        Application started = Application.serveUnconnected(now, new FlowCatalog(), console::prepare);
        schedules.start(started.context());
        return started;
    }

    /** From a thread of the application that is to end. */
    private void restart() {
        restarting = new Thread(
                () -> {
                    application.close();
                    application = serve();
                },
                "restart");
        restarting.start();
    }

    /** @param settings above those of {@code config/application.properties} */
    public static ServedPage start(Map<String, String> settings) {
        return new ServedPage(ConsoleAccess.byToken(), settings);
    }

    private Settings settings(Map<String, String> entered) {
        Map<String, String> options = new HashMap<>(settings);
        options.put("databricks.config-file", files.resolve("profiles").toString());
        options.put("connection.file", files.resolve("connection").toString());
        options.put("schedules.file", files.resolve("schedules").toString());
        options.put("console.runs-file", files.resolve("runs").toString());
        return Settings.load(Path.of("."), entered, options, null, Map.of());
    }

    public String url() {
        return "http://localhost:" + port + "/";
    }

    /** The address that signs in. */
    public String signInUrl() {
        return url() + "?token=" + access.token();
    }

    public HttpResponse<String> get(String path) {
        return send(to(path), BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> bytes(String path) {
        return send(to(path), BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> send(String method, String path, String body) {
        return send(to(path).method(method, BodyPublishers.ofString(body)), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path.substring(1)))
                .header("Authorization", "Bearer " + access.token());
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the application serves the connection that this answer has promised. */
    public void awaitRestart(HttpResponse<String> changed) {
        int promised = generation(changed);
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> generation(get("/api/connection")) >= promised);
    }

    private static int generation(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("generation").asInt();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(answer.body(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (restarting != null) {
                restarting.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        application.close();
        for (String file : List.of("profiles", "connection", "schedules", "runs", "")) {
            try {
                Files.deleteIfExists(files.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
