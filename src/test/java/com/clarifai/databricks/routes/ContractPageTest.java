package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code routes/README.md} against the routes beside it. */
class ContractPageTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String page;
    private final List<String> routes = new ArrayList<>();
    private final List<String> startedDirectly = new ArrayList<>();
    private final StringBuilder yaml = new StringBuilder();

    ContractPageTest() throws IOException {
        page = Files.readString(Path.of("routes/README.md"));
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".md")) {
                    continue;
                }
                yaml.append(Files.readString(file));
                if (file.toString().endsWith(".yaml")) {
                    JsonNode parts = YAML.readTree(file.toFile());
                    parts.findValues("route").forEach(this::add);
                    parts.findValues("routeTemplate").forEach(this::addBlock);
                }
            }
        }
    }

    private void add(JsonNode route) {
        String id = route.path("id").asText();
        routes.add(id);
        if (route.at("/from/uri").asText().equals("direct:" + id)) {
            startedDirectly.add(id);
        }
    }

    private void addBlock(JsonNode block) {
        if (block.at("/from/uri").asText().equals("kamelet:source")) {
            routes.add(block.path("id").asText());
            startedDirectly.add(block.path("id").asText());
        }
    }

    /** The first column of all tables. */
    private List<String> documented() {
        return page.lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .flatMap(line -> code(line.split("\\|", -1)[1]))
                .toList();
    }

    private static Stream<String> code(String text) {
        return CODE.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void everyRouteThatOthersCallIsThereOnceAndNoOther() {
        List<String> documented = documented();

        assertThat(documented).doesNotHaveDuplicates().contains("check-*");
        assertThat(documented.stream().filter(id -> !id.equals("check-*"))).isSubsetOf(routes);
        assertThat(startedDirectly.stream().filter(id -> !id.matches("check-.*")))
                .allSatisfy(id -> assertThat(documented).contains(id));
    }

    @Test
    void parametersAreThoseThatFlowsTake() {
        assertThat(page.lines().filter(line -> line.startsWith("Parameters: ")))
                .hasSize(4)
                .flatMap(line -> code(line).toList())
                .isSubsetOf(new FlowCatalog().names());
    }

    @Test
    void argumentsAndVariablesAreThoseThatRoutesOrTheirBeansKnow() throws IOException {
        StringBuilder known = new StringBuilder(yaml);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                known.append(Files.readString(file));
            }
        }
        List<String> names = page.lines()
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .flatMap(line -> code(line.split("\\|", -1)[2]).filter(name -> !name.contains(" ")))
                .distinct()
                .toList();

        assertThat(names).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(known)
                .contains(name));
    }
}
