package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.routes.EditedRoutes;
import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built distribution, copied elsewhere, its routes and configuration edited there. */
class DistributionIT {

    private static final String HELLO = """
            - route:
                id: hello
                description: Says which version of this file it is from
                from:
                  uri: direct:hello
                  steps:
                    - log: hello from version %s
            """;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();

    @TempDir
    private static Path folder;

    private static Path home;

    /** Without the archive of classes, so that a start makes one. */
    @BeforeAll
    static void copy() throws IOException {
        home = folder.resolve("an application");
        Path built = ConnectProcess.home();
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file :
                    files.filter(file -> !file.toString().contains(".jsa")).toList()) {
                Files.copy(file, home.resolve(built.relativize(file).toString()));
            }
        }
    }

    @Test
    void runsWithTheRoutesThatItHas() throws IOException {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "copied-" + suffix);
        Path routes = home.resolve("routes");
        EditedRoutes.in(home).apply("filter");
        String volume = "copied_" + suffix;
        sandbox.createVolume("main.default." + volume);
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.putFile("/Volumes/main/default/" + volume + "/small.png", image);

        Result result = ConnectProcess.start(
                        home, Map.of(), sandbox.endpointsFile(), VolumeImport.arguments(volume, volume, app, "--json"))
                .waitFor();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"read\":1", "\"imported\":0", "\"skipped\":1");
        assertThat(app.datasetInputs("pictures")).extracting(Input::getId).isEmpty();
        // made beside the command, which does not wait for it
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(home.resolve("lib"))
                .isDirectoryContaining("glob:**/databricks-connect.jsa")
                .isDirectoryNotContaining("glob:**.making"));
        assertThat(routes).isDirectoryNotContaining("glob:**.jsa");
    }

    /** The jars are known by the names that they have in an open folder, which not every system has. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theArchiveOfClassesThatTheBuildHasMadeIsUsedWhereverItLies(@TempDir Path elsewhere) throws Exception {
        Path built = ConnectProcess.home();
        Path script = Path.of("bin", "databricks-connect");
        Files.createDirectories(elsewhere.resolve("bin"));
        Files.copy(built.resolve(script), elsewhere.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(elsewhere.resolve("lib"), built.resolve("lib").toAbsolutePath());
        Files.createSymbolicLink(
                elsewhere.resolve("config"), built.resolve("config").toAbsolutePath());
        Path loaded = elsewhere.resolve("loaded");
        ProcessBuilder start =
                new ProcessBuilder(elsewhere.resolve(script).toString(), "--version").redirectErrorStream(true);
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        start.environment().put("JAVA_OPTS", "-Xlog:class+load:file=" + loaded);

        Process process = start.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).startsWith("databricks-connect ").hasLineCount(1);
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line ->
                        line.endsWith("com.clarifai.databricks.DatabricksConnect source: shared objects file (top)"));
    }

    /** Names of classes that nothing but a call loads: a statement, a call of Clarifai, an upload. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com/databricks/internal/apache/http/impl/execchain/MainClientExec",
                "io/grpc/netty/shaded/io/grpc/netty/NettyClientHandler",
                "com/clarifai/databricks/clarifai/InputUpload$Upload"
            })
    void theArchiveOfClassesHasWhatTheCallsOfAFlowNeed(String name) throws IOException {
        Path archive = ConnectProcess.home().resolve("lib/databricks-connect.jsa");

        assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1).contains(name))
                .isTrue();
    }

    /** Each with a licence, in the form of <a href="https://cyclonedx.org">CycloneDX</a>. */
    @Test
    void tellsOfWhatItIsMade() throws IOException {
        List<String> told = new ArrayList<>();
        for (JsonNode component :
                new ObjectMapper().readTree(home.resolve("bom.json").toFile()).get("components")) {
            assertThat(component.get("licenses")).as(component.toString()).isNotEmpty();
            told.add(component.get("name").asText() + "-"
                    + component.get("version").asText() + ".jar");
        }

        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("databricks-connect-")))
                    .containsExactlyInAnyOrderElementsOf(told);
        }
        assertThat(home.resolve("LICENSE")).content().contains("Apache License");
    }

    @Test
    void aServiceTakesUpChangedRoutesAndLogLevelsAndHasNoConsole() throws Exception {
        Path route = Files.writeString(home.resolve("routes/hello.camel.yaml"), HELLO.formatted("one"));
        Path logging = home.resolve("config/log4j2.properties");
        int port = FreePort.next();
        Path settings = sandbox.settingsWith(Map.of(
                "routes.reload", "true",
                "service.port", String.valueOf(port),
                "schedule.hello.flow", "hello",
                "schedule.hello.every", "1s"));
        // a level that an option sets would hold whatever the file says
        ConnectProcess service = ConnectProcess.start(home, Map.of(), settings, "serve");
        try {
            awaitOf(service, () -> service.errSoFar().contains("hello from version one"));
            assertThat(service.errSoFar()).doesNotContain("DEBUG");
            assertThat(status(port, "/observe/health/live")).isEqualTo(200);
            assertThat(status(port, "/q/dev")).isEqualTo(404);
            assertThat(status(port, "/q/dev/properties")).isEqualTo(404);

            Files.writeString(route, HELLO.formatted("two"));
            Files.writeString(
                    logging, Files.readString(logging).replace("rootLogger.level = WARN", "rootLogger.level = DEBUG"));

            awaitOf(service, () -> service.errSoFar().contains("hello from version two"));
            assertThat(service.errSoFar()).contains("Routes reloaded").doesNotContain("Error");
            awaitOf(service, () -> service.errSoFar().contains("DEBUG"));
        } finally {
            service.terminate();
        }
        assertThat(service.waitFor().exitCode()).isEqualTo(143);
    }

    private static void awaitOf(ConnectProcess service, Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(3))
                .failFast("the service has ended", () -> !service.isAlive())
                .until(condition);
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
