package com.clarifai.databricks.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up changes of the files in the folder of routes, each as soon as nothing is under way: a run goes on to its end with
 * the routes that it began with. Camel's own would stop a run's routes after a while, and warn of it.
 */
final class RoutesReload extends FileWatcherResourceReloadStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesReload.class);
    private static final long LOOK_MILLIS = Duration.ofMillis(100).toMillis();

    private final Path folder;

    RoutesReload(Path folder) {
        super(folder.toString());
        this.folder = folder;
        setFileFilter(file -> file.getName().endsWith(".camel.yaml"));
        setResourceReload(this::reload);
    }

    private void reload(String path, Resource resource) {
        String name = Path.of(path).getFileName().toString();
        if (!awaitQuiet(name) || !Files.exists(Path.of(resource.getURI()))) {
            return;
        }
        try {
            Set<String> ids = PluginHelper.getRoutesLoader(getCamelContext()).updateRoutes(List.of(resource));
            LOG.info("Routes reloaded from {}: {}", name, ids.isEmpty() ? "none" : String.join(", ", ids));
        } catch (Exception e) {
            RuntimeException problem = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            LOG.warn(
                    "{} is not taken up: {}",
                    name,
                    RouteProblems.located(problem, folder).getMessage());
        }
    }

    /** @return false when the application stops */
    private boolean awaitQuiet(String name) {
        boolean said = false;
        while (getCamelContext().getInflightRepository().size() > 0) {
            if (!said) {
                LOG.info("{} has changed, and is taken up when nothing is under way any more: {}", name, underWay());
                said = true;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return isRunAllowed();
    }

    private String underWay() {
        CamelContext context = getCamelContext();
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> context.getInflightRepository().size(id) > 0)
                .collect(Collectors.joining(", "));
    }
}
