package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that cannot load all of its classes, as where it may open too few files. */
class UnloadableClassTest {

    @TempDir
    private Path folder;

    @Test
    void endsItAtOnceWithWhatMayBeWrong() throws Exception {
        String incomplete = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("picocli"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        incomplete,
                        DatabricksConnect.class.getName(),
                        "list",
                        "catalogs")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();

        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(folder.resolve("out"))
                .content()
                .contains("error: a class of the application cannot be loaded", "picocli", "ulimit -n")
                .doesNotContain("\tat ");
    }
}
