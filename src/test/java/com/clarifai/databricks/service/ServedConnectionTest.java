package com.clarifai.databricks.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedConnectionTest {

    @TempDir
    private Path folder;

    private Settings settings(Map<String, String> entered) {
        try {
            // whoever runs the tests may have profiles
            Path none = Files.write(folder.resolve("none"), new byte[0]);
            Map<String, String> nobodys = Map.of("databricks.config-file", none.toString());
            return Settings.load(Path.of("."), entered, nobodys, null, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page asks until it is told the new one; a reload in between would find a closed port. */
    @Test
    void aConnectionIsTheCurrentOneWhenAnApplicationServesIt() {
        ServedConnection connection = new ServedConnection(this::settings, new FlowCatalog(), () -> {});
        connection.serve();
        Object before = connection.current().get("generation");

        Object after = connection.reset().get("generation");

        assertThat(after).isNotEqualTo(before);
        assertThat(connection.current())
                .as("still of the application that ends")
                .containsEntry("generation", before);
        connection.serve();
        assertThat(connection.current()).containsEntry("generation", after);
    }
}
