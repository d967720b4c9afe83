package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Headers of the flows: each is a parameter, declared by an option of a command, or one of a component; and each parameter is
 * read.
 */
class DeclaredHeadersTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Their headers are what HTTP requests, and the options of check and preview, bring. */
    private static final Set<String> NO_FLOWS = Set.of("console-api", "check", "check-facts");

    /** Called by commands and the console, with these arguments. */
    private static final Set<String> ARGUMENTS = Set.of("history", "limit", "offset");

    private static final List<Pattern> READ = List.of(
            Pattern.compile("\\$\\{header\\.(\\w+)"),
            Pattern.compile("@Header\\(\"(\\w+)\"\\)"),
            Pattern.compile("getHeader\\(\"(\\w+)\""),
            Pattern.compile("isTrue\\(parameters\\.getHeader\\(\"(\\w+)\""),
            Pattern.compile(":\\?(\\w+)"));

    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

    /** What statements name and a step, or the run, sets. */
    private static final Set<String> VARIABLES = Set.of(
            // stands for any, in descriptions
            "name",
            "after",
            "wantedRun",
            "wantedFlow",
            "wantedOutcome",
            "wantedAbout",
            "wantedFrom",
            "wantedUntil",
            "answer",
            "fileUri",
            "ids",
            "lines",
            "part",
            "selection",
            "uris",
            "folder",
            "runId",
            "runFlow",
            "runSubject",
            "runParameters",
            "runHost",
            "runOutcome",
            "runError",
            "runCounts",
            "runReadUntil",
            "runSelection",
            "runPlannedAt",
            "claimedAtOnce",
            "readSince",
            "stagedBy");

    private final Set<String> parameters = new FlowCatalog().names();

    @Test
    void everyHeaderThatARouteOrBeanOfAFlowReadsIsAParameterOrOfAComponent() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String text : texts()) {
            READ.forEach(pattern ->
                    pattern.matcher(text).results().map(found -> found.group(1)).forEach(read::add));
        }
        read.removeIf(name -> name.startsWith("Camel"));
        read.removeAll(VARIABLES);
        read.removeAll(ARGUMENTS);

        assertThat(read).hasSizeGreaterThan(25).isSubsetOf(parameters);
    }

    @Test
    void noStepOfAFlowSetsAnotherHeader() throws IOException {
        Set<String> set = new TreeSet<>();
        for (Path file : routes()) {
            JsonNode yaml = YAML.readTree(file.toFile());
            yaml.findValues("setHeader")
                    .forEach(step -> set.add(step.path("name").asText()));
            yaml.findValues("setHeaders").forEach(step -> step.path("headers")
                    .forEach(header -> set.add(header.path("name").asText())));
        }

        assertThat(set).isNotEmpty().allSatisfy(name -> assertThat(name).startsWith("Camel"));
    }

    @Test
    void everyParameterOfAFlowIsRead() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String text : texts()) {
            READ.forEach(pattern ->
                    pattern.matcher(text).results().map(found -> found.group(1)).forEach(named::add));
            QUOTED.matcher(text).results().map(found -> found.group(1)).forEach(named::add);
        }

        assertThat(parameters).allSatisfy(name -> assertThat(named).contains(name));
    }

    private static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file ->
                            !NO_FLOWS.contains(file.getFileName().toString().replace(".camel.yaml", "")))
                    .sorted()
                    .toList();
        }
    }

    /** Of routes, statements, declared columns and beans of flows. */
    private static List<String> texts() throws IOException {
        Set<Path> all = new TreeSet<>(routes());
        for (String folder : List.of("routes/sql", "routes/tables", "src/main/java/com/clarifai/databricks/flow")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("list-rejected"))
                        .filter(file -> !file.getFileName().toString().equals("Checks.java"))
                        .forEach(all::add);
            }
        }
        return all.stream().map(DeclaredHeadersTest::read).collect(Collectors.toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
