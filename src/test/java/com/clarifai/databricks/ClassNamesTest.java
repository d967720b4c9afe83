package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads the name of a class knows which one is meant. */
class ClassNamesTest {

    @Test
    void noTwoClassesOfApplicationAndSandboxHaveTheSameName() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("src/sandbox/src/main/java")))) {
            Map<String, List<Path>> byName = files.filter(
                            file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(file -> file.getFileName().toString()));

            assertThat(byName).hasSizeGreaterThan(400);
            assertThat(byName.values()).allSatisfy(same -> assertThat(same).hasSize(1));
        }
    }
}
