package com.clarifai.databricks.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A copy of the shipped routes, which may be changed, and commands that run on it. */
record CopiedRoutes(Path settings) {

    /** @param folder gets the routes, in {@code routes/} */
    static CopiedRoutes into(Path folder) throws IOException {
        FileUtils.copyDirectory(
                Path.of("routes").toFile(), folder.resolve("routes").toFile());
        return new CopiedRoutes(Files.writeString(
                folder.resolve("settings.properties"), "routes.directory=" + folder.resolve("routes") + "\n"));
    }

    int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = settings.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRunner.run(all);
    }
}
