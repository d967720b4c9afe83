package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;

/** The properties file that tells the application, its tests and scripts where the sandbox is. */
final class EndpointsFile {

    private EndpointsFile() {}

    /** One {@code key=value} a line. Who sees the file sees all of it; readable by its owner only, for the tokens in it. */
    static void write(Path file, Map<String, String> endpoints) throws IOException {
        String text = endpoints.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path growing = Files.createTempFile(target.getParent(), "endpoints", null);
        try {
            Files.writeString(growing, text);
            Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(growing);
        }
    }
}
