package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests that docs/first-contact.md and docs/security.md name for each point are there. */
class PagesOfTestsTest {

    /** A class, or a method of it, or another method of the class before. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:sandbox: )?([A-Z]\\w*(?:Test|IT|Contract))?(?:\\.(\\w+))?`");

    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String folder : new String[] {"src/test/java", "src/sandbox/src/test/java"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    // a class of the application and one of the sandbox may have one name
                    SOURCES.merge(name, Files.readString(file), String::concat);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"docs/first-contact.md,| point |,25", "docs/security.md,| requirement |,25"})
    void everyPointHasTestsThatAreThere(Path file, String header, int points) throws IOException {
        String page = Files.readString(file);
        String tables = page.substring(page.indexOf(header));

        assertThat(tables.lines()
                        .filter(line -> line.startsWith("| "))
                        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| test |")))
                .hasSizeGreaterThan(points)
                .allSatisfy(PagesOfTestsTest::check);
    }

    private static void check(String line) {
        String tests = line.substring(line.lastIndexOf(" | ", line.length() - 3));
        String type = null;
        for (MatchResult named : NAMED.matcher(tests).results().toList()) {
            type = named.group(1) == null ? type : named.group(1);
            assertThat(SOURCES).as(line).containsKey(type);
            if (named.group(2) != null) {
                assertThat(SOURCES.get(type)).as(line).containsPattern("void " + named.group(2) + "\\(");
            }
        }
        assertThat(type).as(line).isNotNull();
    }
}
