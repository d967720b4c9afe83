package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.routes.EditedRoutes;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Import, export and update with the workspace and the app that the environment names ({@code mvn -Plive verify}), in a
 * schema and a dataset of their own, which are removed afterwards, also when something fails. With the sandbox beside it,
 * the same is done there. It sees both services only as the application does.
 */
@Tag("nightly")
class LiveIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Compute that has stopped may have to start first. */
    private static final int LIMIT_MINUTES = 30;

    private final String name = "connect_live_" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    private LiveSettings settings;
    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        settings = Boolean.getBoolean("live") ? new LiveSettings(System.getenv()) : ofSandbox();
        String missing = String.join("; ", settings.missing());
        if (!missing.isEmpty()) {
            // also where reports are not looked at
            System.err.println("The live test is skipped. Set in the environment: " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), () -> "set in the environment: " + missing);

        Path routes = EditedRoutes.copyOf(ConnectProcess.home(), folder).folder();
        Files.copy(Path.of("src/test/resources/live/live.camel.yaml"), routes.resolve("live.camel.yaml"));
        config = Files.writeString(folder.resolve("live.properties"), "routes.directory=" + routes + "\n");
        run("run", "live-open");
    }

    private static LiveSettings ofSandbox() {
        Sandbox sandbox = Sandbox.shared();
        String app = "live-" + UUID.randomUUID().toString().substring(0, 8);
        return LiveSettings.of(sandbox, ClarifaiApp.create(sandbox, app).id());
    }

    @Test
    void picturesAreImportedExportedAndUpdated() throws IOException {
        assertThat(counts(importVolume())).containsEntry("read", 3).containsEntry("imported", 3);
        assertThat(counts(tables("export"))).containsEntry("inputs", 3).containsEntry("inputsInserted", 3);

        run("run", "live-add");
        assertThat(counts(importVolume()))
                .containsEntry("read", 4)
                .containsEntry("imported", 1)
                .containsEntry("existing", 3);
        assertThat(counts(tables("update", "--deletes=mark")))
                .containsEntry("inputs", 4)
                .containsEntry("inputsInserted", 1)
                .containsEntry("inputsDeleted", 0);

        JsonNode rows = JSON.readTree(run("preview", "--json", settings.catalog() + "." + name + ".inputs"));
        assertThat(rows).hasSize(4).allSatisfy(row -> {
            assertThat(row.path("input_id").asText()).startsWith(name);
            assertThat(JSON.readTree(row.path("image_info").asText())
                            .path("width")
                            .asInt())
                    .isEqualTo(64);
            assertThat(row.path("deleted_at").isNull()).isTrue();
        });
    }

    @AfterEach
    void remove() throws IOException {
        if (config == null) {
            return;
        }
        run("run", "live-close");

        assertThat(names("list", "schemas", "--json", "--catalog=" + settings.catalog()))
                .doesNotContain(name);
        assertThat(names("list", "datasets", "--json", "--app=" + settings.app()))
                .doesNotContain(name);
    }

    private String importVolume() {
        return run(
                "import",
                "volume",
                "--json",
                "--catalog=" + settings.catalog(),
                "--schema=" + name,
                "--volume=pictures",
                "--table=tracking",
                "--app=" + settings.app(),
                "--dataset=" + name);
    }

    private String tables(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--json",
                "--catalog=" + settings.catalog(),
                "--schema=" + name,
                "--inputs-table=inputs",
                "--annotations-table=annotations",
                "--app=" + settings.app(),
                "--dataset=" + name));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    /** @return standard output */
    private String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("run")) {
            all.addAll(List.of(
                    "catalog=" + settings.catalog(),
                    "schema=" + name,
                    "volume=pictures",
                    "app=" + settings.app(),
                    "dataset=" + name));
        }
        Map<String, String> environment = new HashMap<>(settings.environment());
        // as it is shipped, which other tests are not
        environment.putIfAbsent("RUNS_HISTORY", "true");
        Result result = ConnectProcess.start(ConnectProcess.home(), environment, config, all.toArray(String[]::new))
                .waitFor(LIMIT_MINUTES);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("could not be recorded");
        return result.out();
    }

    private static Map<String, Object> counts(String summary) throws IOException {
        return JSON.readValue(summary, new TypeReference<>() {});
    }

    private List<String> names(String... command) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode item : JSON.readTree(run(command))) {
            item.forEach(value -> names.add(value.asText()));
        }
        return names;
    }
}
