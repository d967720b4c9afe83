package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.camel.Route;
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
        Settings settings = RoutesFolder.with(
                folder,
                "- route: {id: own, description: Mine, from: {uri: direct:own, steps: [{toD: \"" + next + "\"}]}}");
        try (Application application = Application.startUnconnected(settings, new FlowCatalog(), Set.of(called))) {
            return application.context().getRoutes().stream()
                    .map(Route::getRouteId)
                    .toList();
        }
    }
}
