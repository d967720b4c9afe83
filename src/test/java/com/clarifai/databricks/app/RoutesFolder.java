package com.clarifai.databricks.app;

import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** A copy of the shipped routes and one file of somebody's own beside them. */
final class RoutesFolder {

    private RoutesFolder() {}

    /**
     * @param folder gets the routes, in {@code routes/}
     * @param own routes of one's own
     * @return settings that have the routes read from there
     */
    static Settings with(Path folder, String own) throws IOException {
        Path routes = folder.resolve("routes");
        FileUtils.copyDirectory(Path.of("routes").toFile(), routes.toFile());
        Files.writeString(routes.resolve("own.camel.yaml"), own);
        return Settings.load(
                Path.of("."),
                Map.of("routes.directory", routes.toString()),
                Map.of(
                        "databricks.config-file",
                        Files.writeString(folder.resolve("none"), "").toString()),
                null,
                Map.of());
    }
}
