package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service under load: many flows at once, and many runs one after the other. */
@Tag("nightly")
class ServiceLoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Pattern RUNS = Pattern.compile(
            "databricks_connect_runs_seconds_count\\{flow=\"([^\"]+)\",outcome=\"([^\"]+)\"[^}]*} (\\S+)");
    private static final int FILES = 300;
    /** As many as every five minutes of a day. */
    private static final int RUNS_OF_A_DAY = 288;
    /** By then everything has been used that a run uses. */
    private static final int WARM = 40;

    private final String digits = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final String volume = "load_" + digits;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.next();

    @Test
    void tenFlowsAtOnceInOneServiceEndAsEachByItself() {
        sandbox.createVolume("main.default." + volume);
        sandbox.writeSmallImages("main.default." + volume, FILES);
        String csv = csv();
        ClarifaiApp filled = ClarifaiApp.create(sandbox, "load-filled-" + digits);
        sandbox.fillDataset(filled.id(), "pictures", FILES, 2 * FILES);
        Map<String, String> settings = settings();
        List<String> imported = new ArrayList<>();
        List<String> exported = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            imported.add(table("volume" + i));
            schedule(settings, "volume" + i, volumeImport("volume" + i));
        }
        for (int i = 0; i < 3; i++) {
            imported.add(table("csv" + i));
            schedule(
                    settings,
                    "csv" + i,
                    Map.of(
                            "flow",
                            "import-csv",
                            "source",
                            csv,
                            "table",
                            table("csv" + i),
                            "app",
                            app("csv" + i),
                            "dataset",
                            "pictures"));
        }
        for (int i = 0; i < 3; i++) {
            exported.add(table("export" + i));
            schedule(
                    settings,
                    "export" + i,
                    Map.of(
                            "flow", "export-annotations",
                            "inputs-table", table("export" + i),
                            "annotations-table", table("export" + i + "_annotations"),
                            "app", filled.id(),
                            "dataset", "pictures"));
        }
        Instant begin = Instant.now();
        ConnectProcess service = ConnectProcess.start(sandbox.settingsWith(settings), "serve");
        try {
            awaitRuns(service, 10);
            System.out.printf(
                    Locale.ROOT,
                    "ten flows at once, %d inputs each: %d s with the start, peak %d MB%n",
                    FILES,
                    Duration.between(begin, Instant.now()).toSeconds(),
                    ProcessFigures.of(service.pid()).peakMegabytes());
            assertThat(runs())
                    .isEqualTo(Map.of(
                            "import-volume completed", 4L,
                            "import-csv completed", 3L,
                            "export-annotations completed", 3L));
        } finally {
            service.terminate();
        }
        assertThat(service.waitFor().err()).doesNotContain("ERROR", "error:");
        assertThat(imported).allSatisfy(table -> assertThat(
                        sandbox.query("SELECT status, count(*) AS number FROM " + table + " GROUP BY status"))
                .containsExactly(Map.of("status", "PROCESSED", "number", (long) FILES)));
        assertThat(exported).allSatisfy(table -> assertThat(
                        sandbox.query("SELECT count(DISTINCT input_id) AS ids, count(*) AS number FROM " + table))
                .containsExactly(Map.of("ids", (long) FILES, "number", (long) FILES)));
    }

    @Test
    void aDayOfShortRunsLeavesMemoryThreadsFilesAndSessionsAsTheyWere() throws IOException {
        sandbox.createVolume("main.default." + volume);
        sandbox.writeSmallImages("main.default." + volume, 20);
        Map<String, String> settings = settings();
        List<String> names = List.of("one", "two", "three");
        for (String name : names) {
            schedule(settings, name, volumeImport(name));
            settings.put("schedule." + name + ".every", "1s");
        }
        sandbox.clearCalls();
        ConnectProcess service = ConnectProcess.start(sandbox.settingsWith(settings), "serve");
        try {
            awaitRuns(service, WARM);
            ProcessFigures warm = ProcessFigures.of(service.pid());
            long warmSessions = openSessions();
            awaitRuns(service, RUNS_OF_A_DAY);
            ProcessFigures later = ProcessFigures.of(service.pid());
            long laterSessions = openSessions();

            System.out.printf("after %d runs: %s, %d sessions%n", WARM, warm, warmSessions);
            System.out.printf("after %d runs: %s, %d sessions%n", RUNS_OF_A_DAY, later, laterSessions);
            assertThat(runs().keySet()).containsExactly("import-volume completed");
            // what is under way at that moment differs
            assertThat(later.heapMegabytes()).isLessThan(warm.heapMegabytes() * 1.25 + 5);
            assertThat(later.threads()).isLessThan(warm.threads() + 25);
            assertThat(later.descriptors()).isLessThan(warm.descriptors() + 25);
            assertThat(laterSessions).isLessThanOrEqualTo(warmSessions + 5);
        } finally {
            service.terminate();
        }
        service.waitFor();
        assertThat(openSessions()).as("sessions of a service that has ended").isZero();
        assertThat(sandbox.query("SELECT count(*) AS number FROM " + table("one")))
                .containsExactly(Map.of("number", 20L));
    }

    private long openSessions() {
        return sandbox.calls("sql:sessions") - sandbox.calls("sql:ended-sessions");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("service.port", String.valueOf(port));
        return settings;
    }

    private static void schedule(Map<String, String> settings, String name, Map<String, String> parameters) {
        settings.put("schedule." + name + ".every", "10h");
        settings.put("schedule." + name + ".at-start", "true");
        parameters.forEach((parameter, value) -> settings.put("schedule." + name + "." + parameter, value));
    }

    private Map<String, String> volumeImport(String name) {
        return Map.of(
                "flow", "import-volume",
                "catalog", "main",
                "schema", "default",
                "volume", volume,
                "table", table(name),
                "app", app(name),
                "dataset", "pictures");
    }

    private String app(String name) {
        return ClarifaiApp.create(sandbox, "load-" + name + "-" + digits).id();
    }

    private String table(String name) {
        return "main.default.load_" + name + "_" + digits;
    }

    private String csv() {
        StringBuilder rows = new StringBuilder("inputid,input,concepts\n");
        for (int i = 0; i < FILES; i++) {
            rows.append("row%d,%s/generated/%d.jpg,cat\n".formatted(i, sandbox.setting("sandbox.images"), i));
        }
        return sandbox.putObject("load-" + digits + "/rows.csv", rows.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void awaitRuns(ConnectProcess service, long number) {
        await().atMost(LIMIT)
                .pollInterval(POLL)
                .failFast("the service has ended", () -> !service.isAlive())
                .until(() -> runs().values().stream().mapToLong(Long::longValue).sum() >= number);
    }

    /** How many have ended, by flow and outcome. */
    private Map<String, Long> runs() {
        Map<String, Long> runs = new HashMap<>();
        Matcher matcher = RUNS.matcher(metrics());
        while (matcher.find()) {
            runs.put(matcher.group(1) + " " + matcher.group(2), (long) Double.parseDouble(matcher.group(3)));
        }
        return runs;
    }

    /** Empty as long as nobody answers. */
    private String metrics() {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
