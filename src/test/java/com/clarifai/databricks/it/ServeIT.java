package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServeIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Each question makes hundreds of lines in the log of everything. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The service principal's tokens are JWTs. */
    private static final Pattern ACCESS_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.eyJ");

    private static final Pattern CONSOLE_TOKEN = Pattern.compile("/\\?token=(\\S+)");
    private static final String ENTERED_TOKEN = "dapi-entered-on-the-console";

    private final Sandbox sandbox = Sandbox.shared();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aServiceTellsItsHealthAndWhatItDidAndNowhereASecret() throws IOException {
        String digits = UUID.randomUUID().toString().substring(0, 8);
        String volume = "served_" + digits;
        sandbox.createVolume("main.default." + volume);
        sandbox.writeSmallImages("main.default." + volume, 5);
        ClarifaiApp app = ClarifaiApp.create(sandbox, "served-" + digits);
        int port = FreePort.next();
        Map<String, String> settings = new HashMap<>();
        settings.put("service.port", String.valueOf(port));
        int consolePort = FreePort.next();
        settings.put("console.port", String.valueOf(consolePort));
        settings.put("schedule.photos.flow", "import-volume");
        settings.put("schedule.photos.every", "1h");
        settings.put("schedule.photos.at-start", "true");
        settings.put("schedule.photos.catalog", "main");
        settings.put("schedule.photos.schema", "default");
        settings.put("schedule.photos.volume", volume);
        settings.put("schedule.photos.table", volume);
        settings.put("schedule.photos.app", app.id());
        settings.put("schedule.photos.dataset", "photos");
        settings.put("databricks.auth-type", "oauth-m2m");
        settings.put("databricks.client-id", sandbox.setting("sandbox.client-id"));
        settings.put("databricks.client-secret", sandbox.setting("sandbox.client-secret"));

        ConnectProcess service = ConnectProcess.start(sandbox.settingsWith(settings), "serve", "-vvv");
        StringBuilder told = new StringBuilder();
        try {
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .failFast("the service has ended", () -> !service.isAlive())
                    .until(
                            () -> told(port, "metrics")
                                    .contains(
                                            "databricks_connect_runs_seconds_count{flow=\"import-volume\",outcome=\"completed\"} 1"));
            assertThat(told(port, "health/live")).isEqualTo("{\"status\":\"UP\"}");
            assertThat(told(port, "health/ready")).isEqualTo("{\"status\":\"UP\"}");
            told.append(told(port, "metrics")).append(told(port, "health")).append(service.threads());
            told.append(JmxAttributes.of(service.pid())).append(service.commandLine());
            String consoleToken = consoleToken(service);
            told.append(consolePages(consolePort, consoleToken));
        } finally {
            service.terminate();
        }
        Result result = service.waitFor();

        assertThat(told)
                .contains("databricks_connect_items_total{count=\"imported\",flow=\"import-volume\"}")
                .contains("databricks_connect_bytes_total{flow=\"import-volume\"}")
                .contains("service=\"clarifai\"")
                .contains("call=\"fs/files\"")
                .contains("java.lang:type=Runtime SystemProperties")
                .contains("jdk.httpclient.keepalive.timeout")
                .contains("com.clarifai.databricks.DatabricksConnect")
                // as the README says
                .doesNotContain("org.apache.camel:");
        assertThat(result.err()).contains("TRACE").contains("[import-volume ");
        assertThat(result.out()).contains("photos: import-volume");
        assertThat(List.of(told.toString(), result.err(), result.out())).allSatisfy(text -> assertThat(text)
                .doesNotContain(
                        sandbox.setting("databricks.token"),
                        sandbox.setting("sandbox.client-secret"),
                        sandbox.setting("clarifai.pat"),
                        sandbox.setting("s3.secret-key"),
                        ENTERED_TOKEN,
                        basicAuthorization())
                .doesNotContainPattern(ACCESS_TOKEN));
        // printed once, for whoever started the service
        String consoleToken = consoleToken(service);
        assertThat(List.of(told.toString(), result.err()))
                .allSatisfy(text -> assertThat(text).doesNotContain(consoleToken));
    }

    private static String consoleToken(ConnectProcess service) {
        Matcher url = CONSOLE_TOKEN.matcher(service.outSoFar());
        assertThat(url.find()).isTrue();
        return url.group(1);
    }

    /** What the console says to somebody who has signed in, and to an attempt to connect with a token that is wrong. */
    private String consolePages(int port, String token) {
        StringBuilder pages = new StringBuilder();
        for (String page : List.of(
                "",
                "assets/console.js",
                "api/session",
                "api/connection",
                "api/flows",
                "api/runs",
                "api/schedules",
                "api/lists/catalogs",
                "api/history?catalog=main&schema=default",
                "api/openapi.json",
                "api/nothing")) {
            pages.append(answer(ofConsole(port, token, page).build()).body());
        }
        String entered = "{\"token\":\"" + ENTERED_TOKEN + "\"}";
        HttpResponse<String> refused = answer(ofConsole(port, token, "api/connection")
                .PUT(BodyPublishers.ofString(entered))
                .build());
        assertThat(refused.statusCode()).isEqualTo(422);
        return pages.append(refused.body()).append(refused.headers().map()).toString();
    }

    private static HttpRequest.Builder ofConsole(int port, String token, String page) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + page))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the client's id and secret become in a request for a token. */
    private String basicAuthorization() {
        String client = sandbox.setting("sandbox.client-id") + ":" + sandbox.setting("sandbox.client-secret");
        return Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty as long as nobody answers. */
    private String told(int port, String what) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/" + what))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.body();
        } catch (ConnectException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
