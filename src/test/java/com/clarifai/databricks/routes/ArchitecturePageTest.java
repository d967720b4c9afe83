package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md names is there. */
class ArchitecturePageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.(?:md|yaml|sql|patch|properties)");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+[A-Za-z]*");
    private static final Pattern ROUTE = Pattern.compile("[a-z]+(?:-[a-z]+)+");
    /** Names that are no routes, though they look like one. */
    private static final Set<String> OTHERS = Set.of("databricks-connect");

    private final List<String> names;

    ArchitecturePageTest() throws IOException {
        names = CODE.matcher(Files.readString(Path.of("docs/architecture.md")))
                .results()
                .map(code -> code.group(1))
                .distinct()
                .toList();
    }

    @Test
    void classesThatItNamesAreThere() throws IOException {
        Set<String> classes = namesBelow("src/main/java", ".java");
        classes.addAll(namesBelow("src/test/java", ".java"));

        assertThat(names.stream().filter(CLASS.asMatchPredicate()))
                .hasSizeGreaterThan(15)
                .isSubsetOf(classes);
    }

    @Test
    void routesThatItNamesAreThere() throws IOException {
        StringBuilder routes = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                routes.append(Files.readString(file));
            }
        }

        assertThat(names.stream().filter(ROUTE.asMatchPredicate()).filter(name -> !OTHERS.contains(name)))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(routes).contains("id: " + name + "\n"));
    }

    @Test
    void filesThatItNamesAreThere() {
        assertThat(names.stream().filter(FILE.asMatchPredicate()))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(Stream.of("", "routes/sql/").map(folder -> Path.of(folder + name)))
                        .as(name)
                        .anyMatch(Files::isRegularFile));
    }

    private static Set<String> namesBelow(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toSet());
        }
    }
}
