package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which routes a run may come by, as their files have it. */
class RouteMapTest {

    private static final String ROUTES = """
            - route:
                id: flow
                from:
                  uri: direct:flow
                  steps:
                    - to: kamelet:block?work=direct:work
            - route:
                id: work
                from: {uri: direct:work, steps: [{to: seda:queue}, {to: "direct:kind-${body}-of-it"}]}
            - route:
                id: takes-the-queue
                from: {uri: "seda:queue?concurrentConsumers=2", steps: [{log: x}]}
            - route:
                id: kind-a-of-it
                from: {uri: direct:kind-a-of-it, steps: [{log: x}]}
            - route:
                id: kind-b
                from: {uri: direct:kind-b, steps: [{log: x}]}
            - routeTemplate:
                id: block
                from: {uri: kamelet:source, steps: [{to: "{{work}}"}]}
            - routeTemplate:
                id: of-a-template
                from: {uri: "direct:{{flow}}", steps: [{to: "direct:{{flow}}-rows"}]}
            - templatedRoute: {routeTemplateRef: of-a-template, routeId: own, parameters: [{name: flow, value: own}]}
            - route:
                id: own-rows
                from: {uri: direct:own-rows, steps: [{log: x}]}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("some.camel.yaml"), ROUTES);
    }

    private void add(String text) throws IOException {
        Files.writeString(folder.resolve("more.camel.yaml"), text);
    }

    @Test
    void blocksArgumentsQueuesAndNamesThatARunCompletesAreCalls() {
        assertThat(RouteMap.of(folder).reachedFrom(List.of("flow")).orElseThrow())
                .containsExactlyInAnyOrder("flow", "block", "work", "takes-the-queue", "kind-a-of-it");
    }

    @Test
    void routeOfATemplateCallsWhatItsParametersName() {
        assertThat(RouteMap.of(folder).reachedFrom(List.of("own")).orElseThrow())
                .containsExactlyInAnyOrder("own", "own-rows");
    }

    @Test
    void whatIsDoneOnErrorsIsPartOfEveryRun() throws IOException {
        add("- onException: {exception: [java.io.IOException], steps: [{to: direct:kind-b}]}");

        assertThat(RouteMap.of(folder).reachedFrom(List.of("own")).orElseThrow())
                .containsExactlyInAnyOrder("own", "own-rows", "kind-b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "toD: direct:${header.next}",
                "toD: ${header.next}",
                "toD: {uri: \"${header.next}\"}",
                "recipientList: {header: next}",
                "routingSlip: {expression: {method: next}}",
                "choice: {otherwise: {steps: [{dynamicRouter: {method: next}}]}}"
            })
    void whereTheMessageSaysWhatIsCalledNothingIsKnown(String step) throws IOException {
        add("- route:\n    id: leads-anywhere\n    from:\n      uri: direct:leads-anywhere\n      steps:\n        - "
                + step);
        RouteMap map = RouteMap.of(folder);

        assertThat(map.reachedFrom(List.of("leads-anywhere"))).isEmpty();
        assertThat(map.reachedFrom(List.of("flow"))).isPresent();
    }

    @Test
    void ofARouteThatIsInNoFileNothingIsKnown() {
        assertThat(RouteMap.of(folder).reachedFrom(List.of("nowhere"))).isEmpty();
    }
}
