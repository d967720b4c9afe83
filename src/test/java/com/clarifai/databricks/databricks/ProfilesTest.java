package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {

    @Test
    void readsWhatTheDatabricksCliWrites(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve(".databrickscfg"), """
                ; The profile defined in the DEFAULT section is to be used as a fallback.
                stray = ignored
                [DEFAULT]

                [ production ]
                host          = https://prod.example.com/
                Token = dapi=1#2;3
                # cluster_id = 0
                ;cluster_id = 0
                cluster_id=0101-123456-abcdefgh
                nonsense
                [empty]
                [production]
                warehouse_id = 12ab\r
                """);

        assertThat(Profiles.read(file))
                .containsExactly(
                        Map.entry("DEFAULT", Map.of()),
                        Map.entry(
                                "production",
                                Map.of(
                                        "host", "https://prod.example.com/",
                                        "token", "dapi=1#2;3",
                                        "cluster_id", "0101-123456-abcdefgh",
                                        "warehouse_id", "12ab")),
                        Map.entry("empty", Map.of()));
    }
}
