package com.clarifai.databricks.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.routes.EditedRoutes;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked changes in {@code examples/} of the distribution, each applied to its routes and run. */
class ExamplesIT {

    private static final String HOOK = "/hooks/not-for-the-log";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ClarifaiApp app;
    private HttpServer web;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        app = ClarifaiApp.create(sandbox, "examples-" + suffix);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @Test
    void aScheduleThatFailsIsToldToTheWebHook() throws IOException {
        serve(HOOK, "ok", "x", "y");
        Map<String, String> settings = new HashMap<>();
        settings.put("notify.url", address(HOOK));
        settings.put("schedule.photos.flow", "import-volume");
        settings.put("schedule.photos.every", "1h");
        settings.put("schedule.photos.at-start", "true");
        settings.put("schedule.photos.catalog", "main");
        settings.put("schedule.photos.schema", "default");
        settings.put("schedule.photos.volume", "no_such_volume");
        settings.put("schedule.photos.table", "notify_" + suffix);
        settings.put("schedule.photos.app", app.id());
        settings.put("schedule.photos.dataset", "photos");

        ConnectProcess service = start("notify", settings, "serve", "-vv");
        try {
            await().atMost(Duration.ofMinutes(2))
                    .failFast("the service has ended", () -> !service.isAlive())
                    .until(() -> !requests.isEmpty());
        } finally {
            service.terminate();
        }

        assertThat(service.waitFor().err()).doesNotContain(HOOK);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST")
                .contains("{\"text\":\"Schedule photos: import-volume failed: ", "no_such_volume")
                .doesNotContain("CamelJdbc", "notify_" + suffix);
    }

    @Test
    void theExportedTableHasTwoMoreColumns() throws IOException {
        sandbox.fillDataset(app.id(), "samples", 40, 40);
        String inputs = "main.default.layout_inputs_" + suffix;

        Result result = run(
                "table-layout",
                Map.of(),
                "export",
                "--json",
                "--app=" + app.id(),
                "--dataset=samples",
                "--catalog=main",
                "--schema=default",
                "--inputs-table=" + inputs,
                "--annotations-table=layout_annotations_" + suffix);

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<Map<String, Object>> rows = sandbox.query("SELECT label, split,"
                + " aggregate(filter(concepts, c -> c.value > 0), named_struct('value', 0F, 'name', CAST(NULL AS STRING)),"
                + " (best, c) -> IF(c.value > best.value OR (c.value = best.value AND c.name > best.name),"
                + " named_struct('value', c.value, 'name', c.name), best)).name AS expected FROM " + inputs);
        assertThat(rows).hasSize(40).allSatisfy(row -> assertThat(row).containsEntry("label", row.get("expected")));
        assertThat(rows).anySatisfy(row -> assertThat(row.get("label")).isNotNull());
        assertThat(rows).extracting(row -> row.get("split")).contains("training", "validation");
    }

    private ConnectProcess start(String example, Map<String, String> settings, String... arguments) throws IOException {
        return ConnectProcess.start(settings(example, settings), arguments);
    }

    private Path settings(String example, Map<String, String> settings) throws IOException {
        Path routes = EditedRoutes.copyOf(ConnectProcess.home(), folder)
                .apply(example)
                .folder();
        Map<String, String> all = new HashMap<>(settings);
        all.put("routes.directory", routes.toString());
        return sandbox.settingsWith(all);
    }

    private Result run(String example, Map<String, String> settings, String... arguments) throws IOException {
        return ConnectRun.run(settings(example, settings), arguments);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    /** Answers a path, with a header that is none of HTTP, and keeps the whole request. */
    private void serve(String path, String answer, String header, String value) {
        web.createContext(path, exchange -> {
            requests.add(text(exchange));
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
    }

    private static String text(HttpExchange exchange) throws IOException {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + exchange.getRequestHeaders().entrySet()
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }
}
