package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code databricks.yml} with its jobs: what the Databricks CLI looks at when it deploys them, and what they run. */
class BundleTest {

    private static final Path ROOT = Path.of("databricks.yml");
    private static final Path FOLDER = Path.of("bundle");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{var\\.(\\w+)}");

    @TempDir
    private Path folder;

    private static List<Path> jobs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(jobs());
        files.add(ROOT);
        return files;
    }

    private static JsonNode read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonText.treeOf(
                    new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromReader(reader));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode job(Path file) {
        return read(file).at("/resources/jobs").elements().next();
    }

    private static String withDefaults(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> read(ROOT)
                .at("/variables/" + found.group(1) + "/default")
                .asText("given"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileHasTheFormThatTheDocumentationGives(Path file) throws IOException {
        try (InputStream in = BundleTest.class.getResourceAsStream("/bundle.schema.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);

            assertThat(schema.validate(read(file))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void eachJobRunsACommandWithOptionsThatItHas(Path file) {
        List<String> words = new ArrayList<>();
        job(file).at("/tasks/0/spark_python_task/parameters").forEach(word -> words.add(withDefaults(word.asText())));

        assertThat(words.remove(0)).startsWith("/Volumes/").endsWith(".tar.gz");
        assertThat(FlowCatalog.request(words).headers()).containsEntry("dataset", "photos");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void eachTaskHasItsProgramAndItsMachine(Path file) {
        JsonNode job = job(file);
        JsonNode task = job.at("/tasks/0");

        assertThat(FOLDER.resolve(task.at("/spark_python_task/python_file").asText()))
                .isRegularFile();
        assertThat(task.path("job_cluster_key")).isEqualTo(job.at("/job_clusters/0/job_cluster_key"));
    }

    @Test
    void allVariablesAreDeclaredAndUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : files()) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
        }
        Set<String> declared = new TreeSet<>();
        read(ROOT).path("variables").fieldNames().forEachRemaining(declared::add);

        assertThat(used).isEqualTo(declared);
    }

    @Test
    void theMachineHasSettingsOfTheApplicationAndNoSecretInThem() throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            settings.load(reader);
        }
        Set<String> variables = settings.stringPropertyNames().stream()
                .map(Settings::environmentName)
                .collect(Collectors.toSet());
        JsonNode environment = read(ROOT).at("/variables/machine/default/spark_env_vars");

        assertThat(environment.fieldNames()).toIterable().isSubsetOf(variables);
        environment.fields().forEachRemaining(variable -> {
            if (variable.getKey().matches(".*(PAT|SECRET|TOKEN)")) {
                assertThat(variable.getValue().asText())
                        .isEqualTo("{{secrets/${var.secret_scope}/" + variable.getKey() + "}}");
            }
        });
    }

    @Test
    void theArchiveIsThatOfThisVersion() {
        String version = System.getProperty("project.version", "0.1.0");

        assertThat(read(ROOT).at("/variables/archive/default").asText())
                .endsWith("/databricks-connect-" + version + ".tar.gz");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 1"})
    void theProgramOfTheTasksUnpacksTheArchiveAndFailsWhenTheCommandDoes(int exitCode, int ended) throws Exception {
        assumeThat(isPythonThere()).as("python3").isTrue();
        Path bin = Files.createDirectories(folder.resolve("databricks-connect-1/bin"));
        Path program = Files.writeString(
                bin.resolve("databricks-connect"),
                "#!/bin/sh\necho \"ran $*\"\necho told >&2\nexit " + exitCode + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path archive = folder.resolve("archive.tar.gz");
        assertThat(run(folder, "tar", "-czf", archive.toString(), "databricks-connect-1")
                        .exit())
                .isZero();

        Ran ran = run(Path.of("."), "python3", "bundle/run.py", archive.toString(), "import", "volume", "--app=a b");

        assertThat(ran.exit()).isEqualTo(ended);
        assertThat(ran.out()).contains("ran import volume --app=a b", "told");
        if (exitCode != 0) {
            assertThat(ran.out()).contains("databricks-connect import volume ended with exit code " + exitCode);
        }
    }

    private record Ran(int exit, String out) {}

    private boolean isPythonThere() throws InterruptedException {
        try {
            return run(Path.of("."), "python3", "-c", "import tarfile; tarfile.data_filter")
                            .exit()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Ran run(Path where, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }
}
