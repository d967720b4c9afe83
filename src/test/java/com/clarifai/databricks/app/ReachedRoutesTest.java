package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Route;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command makes the routes that it may come by, and no others. */
@Timeout(120)
class ReachedRoutesTest {

    @TempDir
    private Path folder;

    @Test
    void flowHasItsOwnRoutesAndThoseOfEveryRun() throws IOException {
        assertThat(started("direct:import-rows-page", "import-csv"))
                .contains("import-csv", "import-csv-read", "import-rows", "run-renewal", "sql")
                .doesNotContain("check", "export-annotations", "import-volume");
    }

    @Test
    void whereTheMessageSaysWhatIsCalledAllRoutesAreThere() throws IOException {
        assertThat(started("direct:${header.next}", "own")).contains("own", "check", "import-volume");
    }

    /** The routes of a start for one of them, with a route of one's own that leads there. */
    private List<String> started(String next, String called) throws IOException {
        Path routes = folder.resolve("routes");
        FileUtils.copyDirectory(Path.of("routes").toFile(), routes.toFile());
        Files.writeString(
                routes.resolve("own.camel.yaml"),
                "- route: {id: own, description: Mine, from: {uri: direct:own, steps: [{toD: \"" + next + "\"}]}}");
        Settings settings = Settings.load(
                Path.of("."),
                Map.of("routes.directory", routes.toString()),
                Map.of(
                        "databricks.config-file",
                        Files.writeString(folder.resolve("none"), "").toString()),
                null,
                Map.of());
        try (Application application = Application.startUnconnected(settings, new FlowCatalog(), Set.of(called))) {
            return application.context().getRoutes().stream()
                    .map(Route::getRouteId)
                    .toList();
        }
    }
}
