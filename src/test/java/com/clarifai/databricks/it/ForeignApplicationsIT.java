package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.Input;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Applications of somebody else, outside this project and with an empty Maven repository, which take the components from
 * where they were deployed to.
 */
@Tag("nightly")
class ForeignApplicationsIT {

    private static final int MOST_JARS = 60;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void deploy() throws Exception {
        copy(Path.of("examples/applications"), folder.resolve("applications"));
        maven(
                Path.of("").toAbsolutePath(),
                "-f",
                "components/pom.xml",
                "deploy",
                "-DaltDeploymentRepository=components::" + repository());
    }

    @Test
    void artifactsComeWithSourcesDocumentationAndTheLicence() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("repository"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") || name.endsWith(".pom")))
                    .containsExactlyInAnyOrder(
                            "camel-clarifai-0.1.0.jar",
                            "camel-clarifai-0.1.0.pom",
                            "camel-clarifai-0.1.0-javadoc.jar",
                            "camel-clarifai-0.1.0-sources.jar",
                            "camel-databricks-0.1.0.jar",
                            "camel-databricks-0.1.0.pom",
                            "camel-databricks-0.1.0-javadoc.jar",
                            "camel-databricks-0.1.0-sources.jar",
                            "databricks-connect-common-0.1.0.jar",
                            "databricks-connect-common-0.1.0.pom",
                            "databricks-connect-common-0.1.0-javadoc.jar",
                            "databricks-connect-common-0.1.0-sources.jar",
                            "databricks-connect-components-0.1.0.pom",
                            "databricks-connect-parent-0.1.0.pom");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "camel-main, example.Photos, camel.component.clarifai.base-url",
        "spring-boot, example.PhotosApplication, clarifai.base-url"
    })
    void anApplicationImportsExportsAndConsumes(String application, String main, String clarifai) throws Exception {
        Path home = folder.resolve("applications/" + application);
        maven(home, "package", "-Dcomponents.repository=" + repository());
        assertThat(jars(home))
                .anyMatch(name -> name.matches("grpc-api-1\\.(8|9)\\d.*"))
                .anyMatch(name -> name.matches("protobuf-java-3\\.25.*"))
                .anyMatch(name -> name.matches("guava-3[3-9].*"))
                .noneMatch(name -> name.matches("(picocli|vertx|groovy|okhttp|s3|databricks-connect-0).*"));
        String volume = "foreign_" + suffix;
        ClarifaiApp app = ClarifaiApp.create(sandbox, "foreign-" + suffix);
        app.createDataset("photos");
        sandbox.createVolume("main.default." + volume);
        sandbox.putFile(
                "/Volumes/main/default/" + volume + "/cat/a.png",
                Files.readAllBytes(Path.of("src/test/resources/pixel.png")));

        Process process = start(
                home,
                main,
                Map.of(
                        clarifai,
                        sandbox.setting("clarifai.base-url"),
                        "photos.app",
                        app.id(),
                        "photos.volume",
                        volume,
                        "photos.table",
                        "main.default." + volume,
                        "photos.exported",
                        "main.default.exported_" + volume,
                        "photos.period",
                        "3s"));
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || exported(volume) && consumed(home));
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        String log = Files.readString(home.resolve("log"));
        assertThat(exported(volume)).as(log).isTrue();
        assertThat(log).contains("1 inputs have changed", "/cat/a.png has arrived");
        assertThat(sandbox.query("SELECT * FROM main.default." + volume))
                .extracting(row -> row.get("status"))
                .containsExactly("PROCESSED");
        assertThat(app.datasetInputs("photos"))
                .extracting(Input::getId)
                .singleElement()
                .asString()
                .matches("a-[0-9a-f]{16}");
    }

    /** Beside Camel's own core; Spring Boot brings its own as well. */
    @Test
    void aBareApplicationGetsFewJars() throws Exception {
        Path home = folder.resolve("applications/camel-main");
        maven(home, "package", "-Dcomponents.repository=" + repository());

        assertThat(jars(home).stream().filter(name -> !name.startsWith("camel-")))
                .hasSizeLessThanOrEqualTo(MOST_JARS);
    }

    private static boolean consumed(Path home) throws IOException {
        String log = Files.readString(home.resolve("log"));
        return log.contains("have changed") && log.contains("has arrived");
    }

    private boolean exported(String volume) {
        String table = "main.default.exported_" + volume;
        return sandbox.tableExists(table)
                && sandbox.query("SELECT * FROM " + table).size() == 1;
    }

    private Process start(Path home, String main, Map<String, String> properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", home.resolve("target/lib") + "/*", main));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment().put("DATABRICKS_HOST", sandbox.setting("databricks.host"));
        builder.environment().put("DATABRICKS_TOKEN", sandbox.setting("databricks.token"));
        builder.environment().put("DATABRICKS_WAREHOUSE_ID", sandbox.setting("databricks.warehouse-id"));
        builder.environment().put("CLARIFAI_PAT", sandbox.setting("clarifai.pat"));
        return builder.start();
    }

    private static List<String> jars(Path home) {
        return List.of(home.resolve("target/lib").toFile().list());
    }

    private static String repository() {
        return folder.resolve("repository").toUri().toString();
    }

    private static void maven(Path project, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("mvn", "-B", "-q", "-ntp", "-Dmaven.repo.local=" + folder.resolve("empty-repository")));
        command.addAll(List.of(arguments));
        File log = folder.resolve("maven.log").toFile();
        Process maven = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(maven.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(maven.exitValue()).as(Files.readString(log.toPath())).isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(file -> !file.toString().contains("/target/")).toList()) {
                Files.createDirectories(
                        to.resolve(from.relativize(file).toString()).getParent());
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
