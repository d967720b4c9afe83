package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped route files, and those with all worked changes applied, checked as the tools that read them (Kaoto, the Camel
 * CLI) would.
 */
class RoutesTest {

    private static final Path PROJECT = Path.of("");

    @TempDir
    private static Path changed;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema SCHEMA = schema();
    private static final CamelCatalog CATALOG = catalog();

    @BeforeAll
    static void applyTheExamples() throws IOException {
        EditedRoutes routes = EditedRoutes.copyOf(PROJECT, changed);
        for (String example : examples()) {
            routes.apply(example);
        }
    }

    private static List<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECT.resolve("examples"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    static Stream<Path> folders() {
        return Stream.of(PROJECT.resolve("routes"), changed.resolve("routes"));
    }

    static Stream<Path> routeFiles() {
        return folders().flatMap(RoutesTest::routeFiles);
    }

    private static Stream<Path> routeFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePageOfTheWorkedChangesShowsThemAll() throws IOException {
        assertThat(examples()).hasSize(6);
        String page = Files.readString(PROJECT.resolve("examples/README.md"));
        List<String> shown = Pattern.compile("\\[`([a-z-]+)`]\\(\\1\\)")
                .matcher(page)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(examples());
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void validatesAgainstTheSchemaOfCamelsYaml(Path file) throws IOException {
        assertThat(SCHEMA.validate(read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void everyRouteSaysWhatItIs(Path file) throws IOException {
        assertThat(read(file)).allSatisfy(item -> {
            JsonNode named = item.has("routeTemplate") ? item.get("routeTemplate") : item.get("route");
            if (named != null) {
                assertThat(named.path("id").asText()).isNotBlank();
                assertThat(named.path("description").asText()).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void everyEndpointIsInTheCatalogWithTheseOptions(Path file) throws IOException {
        for (String uri : endpoints(read(file))) {
            EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);

            assertThat(result.isSuccess())
                    .as(() -> uri + ": " + result.summaryErrorMessage(true))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyRouteAndBlockThatIsCalledIsThereOnce(Path folder) throws IOException {
        List<String> called = new ArrayList<>();
        List<String> offered = new ArrayList<>();
        for (Path file : routeFiles(folder).toList()) {
            JsonNode yaml = read(file);
            yaml.findValues("from").stream()
                    .map(from -> from.path("uri").asText())
                    .filter(uri -> uri.startsWith("direct:"))
                    .forEach(offered::add);
            yaml.findValues("routeTemplate")
                    .forEach(block -> offered.add("kamelet:" + block.path("id").asText()));
            endpoints(yaml).stream()
                    // a name with a placeholder is not complete before the route is used
                    .filter(uri -> uri.startsWith("direct:") && !uri.contains("{"))
                    .forEach(called::add);
            endpoints(yaml).stream()
                    .filter(uri -> uri.startsWith("kamelet:") && !uri.equals("kamelet:source"))
                    .map(uri -> uri.replaceAll("\\?.*", ""))
                    .forEach(called::add);
        }

        assertThat(offered).doesNotHaveDuplicates();
        assertThat(called).allSatisfy(uri -> assertThat(offered).anyMatch(matching(uri)));
    }

    static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("src/main/resources/kamelets"))) {
            return files.toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void kameletsAreTemplatesOfRoutesAndSayWhatTheyTake(Path file) throws IOException {
        JsonNode kamelet = read(file);
        String name = kamelet.at("/metadata/name").asText();
        JsonNode from = kamelet.at("/spec/template/from");

        assertThat(file).hasFileName(name + ".kamelet.yaml");
        assertThat(name)
                .endsWith("-"
                        + kamelet.at("/metadata/labels")
                                .path("camel.apache.org/kamelet.type")
                                .asText());
        // tools fetch what a kamelet depends on
        String artifact = kamelet.at("/spec/dependencies/0").asText();
        String[] coordinates = artifact.substring("mvn:".length()).split(":");
        assertThat(Files.readString(PROJECT.resolve("components/" + coordinates[1] + "/pom.xml")))
                .contains("<artifactId>" + coordinates[1] + "</artifactId>")
                .contains("<version>" + coordinates[2] + "</version>");
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(List.of(definition.path("title"), definition.path("description")))
                .noneMatch(JsonNode::isMissingNode);
        assertThat(definition.path("properties").properties()).isNotEmpty().allSatisfy(property -> assertThat(
                        property.getValue().properties())
                .extracting(Map.Entry::getKey)
                .contains("title", "description", "type"));
        ArrayNode routes = YAML.createArrayNode();
        routes.addObject().putObject("route").put("id", name).set("from", from);
        assertThat(SCHEMA.validate(routes)).isEmpty();
        for (String uri : endpoints(routes)) {
            // of a parameter that may be left out the catalog would take the placeholder for the value
            EndpointValidationResult result =
                    CATALOG.validateEndpointProperties(uri.replaceAll("&\\w+=\\{\\{\\?\\w+}}", ""));
            assertThat(result.isSuccess())
                    .as(() -> uri + ": " + result.summaryErrorMessage(true))
                    .isTrue();
        }
    }

    /** What an expression, or a template's parameter, stands for is only known when the route runs. */
    private static Predicate<String> matching(String uri) {
        String pattern = Stream.of(uri.split("\\$\\{[^}]*}|\\{\\{[^}]*}}", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".+"));
        return Pattern.compile(pattern).asMatchPredicate();
    }

    /** The endpoints of {@code from:} and {@code to:}, options in the URI. */
    private static List<String> endpoints(JsonNode yaml) {
        List<String> uris = new ArrayList<>();
        for (String key : List.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich")) {
            for (JsonNode node : yaml.findValues(key)) {
                if (node.isTextual()) {
                    uris.add(node.asText());
                } else if (node.hasNonNull("uri")) {
                    uris.add(node.get("uri").asText() + query(node.path("parameters")));
                }
            }
            // findValues does not look below what it has found: routes hold their steps below "from"
            if (key.equals("from")) {
                yaml.findValues("from").forEach(from -> uris.addAll(endpoints(from.path("steps"))));
            }
        }
        return uris.stream().distinct().toList();
    }

    private static String query(JsonNode parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.properties().stream()
                        .map(p -> p.getKey() + "=" + p.getValue().asText())
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static JsonSchema schema() {
        try (InputStream in = RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        for (String scheme : List.of("databricks", "clarifai")) {
            String json = "/META-INF/com/clarifai/databricks/component/" + scheme + "/" + scheme + ".json";
            try (InputStream in = RoutesTest.class.getResourceAsStream(json)) {
                String className = "com.clarifai.databricks.component." + scheme;
                catalog.addComponent(scheme, className, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return catalog;
    }
}
