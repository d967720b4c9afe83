package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The properties file that tells the application, its tests and scripts where the sandbox is. It is there while the
 * sandbox is up, and readable by its owner only, for the tokens in it.
 */
record EndpointsFile(Path path) implements AutoCloseable {

    /** Removes what an earlier sandbox may have left, so that nobody takes it for this one's. */
    static EndpointsFile at(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        Files.deleteIfExists(absolute);
        return new EndpointsFile(absolute);
    }

    /** One {@code key=value} a line; whoever sees the file sees all of it. */
    void write(Map<String, String> endpoints) throws IOException {
        String text = endpoints.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Path growing = Files.createTempFile(path.getParent(), "endpoints", null);
        try {
            Files.writeString(growing, text);
            Files.move(growing, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(growing);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
