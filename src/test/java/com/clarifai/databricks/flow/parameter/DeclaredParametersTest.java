package com.clarifai.databricks.flow.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters that a YAML file of one's own declares. */
class DeclaredParametersTest {

    private static final String FLOW = """
            - beans:
                - name: my-flow-parameters
                  type: com.clarifai.databricks.flow.parameter.DeclaredParameters
                  properties:
                    flow: my-flow
                    required: source, table
                    optional: conceptIds
            - route:
                id: my-flow
                from:
                  uri: direct:my-flow
                  steps:
                    - log: ${header.source}
            """;

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void load() throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("my.camel.yaml", FLOW));
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void whatTheFlowTakesIsTaken() {
        assertThatCode(() -> DeclaredParameters.check(context, "my-flow", Map.of("source", "a", "table", "t")))
                .doesNotThrowAnyException();
        assertThatCode(() -> DeclaredParameters.check(
                        context, "my-flow", Map.of("source", "a", "table", "t", "conceptIds", "label")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatItHasNotAndWhatItLacksIsNamed() {
        assertThatExceptionOfType(WrongParameterException.class)
                .isThrownBy(() -> DeclaredParameters.check(context, "my-flow", Map.of("source", "", "conceptId", "x")))
                .satisfies(e -> assertThat(e.problems()).containsOnlyKeys("conceptId", "source", "table"))
                .withMessageContaining("my-flow has no parameter 'concept-id'; it takes source, table, conceptIds")
                .withMessageContaining("my-flow needs the parameter 'table'");
    }

    @Test
    void aFlowThatDeclaresNothingTakesAnything() {
        assertThatCode(() -> DeclaredParameters.check(context, "other", Map.of("whatever", "a")))
                .doesNotThrowAnyException();
    }

    @Test
    void theWorkedExampleDeclaresItsOwn() throws Exception {
        for (String file : List.of("routes/import-source", "examples/feed/import-feed")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file + ".camel.yaml"));
        }

        assertThat(DeclaredParameters.of(context, "import-feed").orElseThrow().all())
                .contains("source", "table", "app", "dataset", "dryRun");
    }
}
