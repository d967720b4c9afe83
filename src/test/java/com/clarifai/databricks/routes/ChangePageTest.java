package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/change.md and README.md promise is there: tests that show each change, and the versions that were tested. */
class ChangePageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");
    private static final Pattern PROMISE = Pattern.compile("(?m)^\\| .* \\| (`\\w+(?:Test|IT)#.*) \\|$");

    @Test
    void everyTestOfTheTableIsThere() throws IOException {
        List<MatchResult> named = PROMISE.matcher(Files.readString(Path.of("docs/change.md")))
                .results()
                .flatMap(row -> TEST.matcher(row.group(1)).results())
                .toList();

        assertThat(named).hasSizeGreaterThan(20).allSatisfy(test -> assertThat(source(test.group(1)))
                .containsPattern("(?m)^    void " + test.group(2) + "\\("));
    }

    @Test
    void theVersionsThatWereTestedAreThoseOfTheBuild() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme)
                .contains("Apache Camel " + version("camel.version") + " (camel-csv " + version("camel-csv.version")
                        + ")")
                .contains("databricks-jdbc " + version("databricks-jdbc.version"))
                .contains("clarifai-grpc " + version("clarifai-grpc.version"));
    }

    private static String version(String property) throws IOException {
        return Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<")
                .matcher(Files.readString(Path.of("parent/pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String source(String name) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not there"));
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
