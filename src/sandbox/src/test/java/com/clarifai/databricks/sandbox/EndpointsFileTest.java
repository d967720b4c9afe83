package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsFileTest {

    @TempDir
    Path directory;

    @Test
    void holdsWhatPropertiesReadBackAndNothingElseIsLeftBehind() throws IOException {
        Path file = directory.resolve("new/endpoints.properties");
        Map<String, String> endpoints = new LinkedHashMap<>();
        endpoints.put("databricks.host", "http://127.0.0.1:8080");
        endpoints.put("sandbox.volume", "main.default.photos");

        EndpointsFile.at(file).write(endpoints);

        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        assertThat(read).containsExactlyInAnyOrderEntriesOf(endpoints);
        try (var entries = Files.list(file.getParent())) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void isGoneBeforeTheSandboxIsUpAndAfterItStopped() throws IOException {
        Path file = Files.writeString(directory.resolve("endpoints.properties"), "databricks.host=old");

        try (EndpointsFile endpoints = EndpointsFile.at(file)) {
            assertThat(file).doesNotExist();
            endpoints.write(Map.of("databricks.host", "new"));
            assertThat(file).hasContent("databricks.host=new");
        }

        assertThat(file).doesNotExist();
    }
}
