package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the shipped routes, for changes as users make them. */
public final class EditedRoutes {

    private final Path shipped;
    private final Path home;

    private EditedRoutes(Path shipped, Path home) {
        this.shipped = shipped;
        this.home = home;
    }

    /**
     * @param shipped the folder with {@code routes/} and {@code examples/}: the project or the distribution
     * @param home an empty folder, for the copy
     */
    public static EditedRoutes copyOf(Path shipped, Path home) throws IOException {
        Path routes = shipped.resolve("routes");
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.toList()) {
                Path copy =
                        home.resolve("routes").resolve(routes.relativize(file).toString());
                Files.copy(file, copy);
            }
        }
        return new EditedRoutes(shipped, home);
    }

    /** The routes of a distribution, which are changed where they are. */
    public static EditedRoutes in(Path home) {
        return new EditedRoutes(home, home);
    }

    /** The folder of the routes. */
    public Path folder() {
        return home.resolve("routes");
    }

    /** Puts a text before another, which the file has once. */
    public EditedRoutes insert(String file, String added, String before) throws IOException {
        Path route = folder().resolve(file);
        String yaml = Files.readString(route);
        assertThat(yaml).containsOnlyOnce(before);
        Files.writeString(route, yaml.replace(before, added + before));
        return this;
    }

    /** Applies a worked change as {@code examples/README.md} says. */
    public EditedRoutes apply(String example) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(shipped.resolve("examples").resolve(example))) {
            files = found.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(".patch")) {
                Patch.read(file).apply(home);
            } else {
                Files.copy(file, folder().resolve(name));
            }
        }
        return this;
    }
}
