package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of routes to which somebody has added some that take files, messages and ticks by themselves. */
@Timeout(120)
class CalledRoutesTest {

    private static final String OWN_ROUTES = """
            - route:
                id: own-files
                description: Takes files
                from:
                  uri: file:%1$s/in?delay=50&initialDelay=0
                  steps:
                    - to: direct:own-flow
            - route:
                id: own-timer
                description: Ticks
                from:
                  uri: timer:own?delay=0&period=50
                  steps:
                    - to: direct:own-flow
            - route:
                id: own-schedule
                description: Ticks, too
                from:
                  uri: quartz:own?cron=*+*+*+*+*+?
                  steps:
                    - to: direct:own-flow
            - route:
                id: own-flow
                description: Is called
                from:
                  uri: direct:own-flow
                  steps:
                    - to: seda:own-queue?waitForTaskToComplete=Always
            - route:
                id: own-queue
                description: Takes what the flow hands on
                from:
                  uri: seda:own-queue
                  steps:
                    - to: file:%1$s/out?fileName=done-${exchangeId}
            """;

    private static final String OWN_CALLS = """
            - route:
                id: own-calls
                description: Takes calls
                from:
                  uri: platform-http:/own
                  steps:
                    - to: direct:own-flow
            """;

    @TempDir
    private Path folder;

    private Settings settings;

    @BeforeEach
    void routesWithSomeThatConsume() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in").resolve("mine"), "mine");
        settings = RoutesFolder.with(folder, OWN_ROUTES.formatted(folder));
    }

    @Test
    void commandStartsNoRouteThatConsumesByItself() throws IOException {
        // a service would need a port for it
        Files.writeString(folder.resolve("routes").resolve("calls.camel.yaml"), OWN_CALLS);
        try (Application application = Application.startUnconnected(settings, new FlowCatalog())) {
            assertThat(stopped(application.context()))
                    .containsExactlyInAnyOrder("own-files", "own-timer", "own-schedule", "own-calls");
            assertThat(folder.resolve("in").resolve("mine")).exists();
            assertThat(folder.resolve("out")).doesNotExist();
        }
    }

    @Test
    void flowOfOneSOwnRunsInACommandWithTheRoutesThatItCalls() {
        try (Application application = Application.startUnconnected(settings, new FlowCatalog())) {
            application.context().createProducerTemplate().sendBody("direct:own-flow", "called");

            assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/done-*");
            assertThat(folder.resolve("in").resolve("mine")).exists();
        }
    }

    @Test
    void serviceStartsThemAll() {
        try (Application application = Application.serveUnconnected(settings, new FlowCatalog(), context -> {})) {
            assertThat(stopped(application.context())).isEmpty();
            Awaitility.await().until(() -> Files.notExists(folder.resolve("in").resolve("mine")));
        }
    }

    private static List<String> stopped(CamelContext context) {
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
                .toList();
    }
}
