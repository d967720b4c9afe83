package com.clarifai.databricks.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How JSON is read and written is declared once for each way. */
class JsonMappersTest {

    @Test
    void mappersAreMadeInOnePlaceForEachWayOfReading() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(JsonMappersTest::makesMapper)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("JsonText.java", "ExactJson.java", "ImportJson.java");
        }
    }

    private static boolean makesMapper(Path file) {
        try {
            String text = Files.readString(file);
            return text.contains("new ObjectMapper(") || text.contains("JsonMapper.builder(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
