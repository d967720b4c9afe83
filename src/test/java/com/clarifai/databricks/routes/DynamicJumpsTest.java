package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.check.Check;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a step leads stands in its file, so that tools, and people, can follow the routes. */
class DynamicJumpsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Steps that take where they lead from the message. */
    private static final Set<String> DYNAMIC =
            Set.of("toD", "routingSlip", "dynamicRouter", "recipientList", "enrich", "pollEnrich");

    /** Each with the reason why it cannot be a plain call. */
    private static final Map<String, String> ALLOWED = Map.of(
            "direct:${variable.run.flow}",
            "a flow of one's own, scheduled by somebody whose files the shipped ones do not know",
            "databricks:readFiles",
            "made with the first message, so that an application without that component can use the kamelet",
            "aws2-s3:${variable.file.bucket}?operation=getObject&amazonS3Client=#s3",
            "the bucket is a parameter of the run; what is called is S3",
            "clarifai:searchDatasetInputs?pageSize=1000&modifiedSince=${variable.run.dataset.since}",
            "the time is an option; what is called stands there");

    @Test
    void everyDynamicJumpIsOneOfThoseThatCannotBePlainCalls() throws IOException {
        List<String> jumps = new ArrayList<>();
        for (Path file : files()) {
            collect(YAML.readTree(file.toFile()), jumps);
        }

        assertThat(jumps).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    @Test
    void everyCheckHasItsBranch() throws IOException {
        assertThat(branches("routes/check.camel.yaml", "body\\.label"))
                .containsExactlyElementsOf(
                        Stream.of(Check.values()).map(Check::label).toList());
    }

    /** A call of the page's API that has no branch would answer with what was sent. */
    @Test
    void everyOperationOfThePageHasItsBranch() throws IOException {
        String text = Files.readString(Path.of("routes/console-api.camel.yaml"));
        List<String> operations = Pattern.compile("- id: (\\w+)|- route:\\s+id: (serve\\w+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();

        assertThat(operations).hasSizeGreaterThan(20);
        assertThat(branches("routes/console-api.camel.yaml", "fromRouteId"))
                .containsExactlyInAnyOrderElementsOf(operations);
    }

    private static List<String> branches(String file, String of) throws IOException {
        return Pattern.compile("simple: \"\\$\\{" + of + "} == '([^']+)'\", steps: \\[\\{to: direct:(\\w+-)?\\1}]")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"));
                Stream<Path> kamelets = Files.list(Path.of("src/main/resources/kamelets"))) {
            return Stream.concat(routes, kamelets)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList();
        }
    }

    private static void collect(JsonNode node, List<String> jumps) {
        node.properties().stream()
                .filter(field -> DYNAMIC.contains(field.getKey()))
                .forEach(field -> jumps.add(target(field.getValue())));
        node.forEach(child -> collect(child, jumps));
    }

    private static String target(JsonNode step) {
        return step.isTextual() ? step.asText() : step.path("uri").asText(step.toString());
    }
}
