package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The steps that a labelled import is made of, against a server that keeps the API's rules of its own. */
@Timeout(300)
class LabelledInputsIT {

    private static final int INPUTS = 150;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ClarifaiApp app;
    private ProducerTemplate template;

    @BeforeEach
    void startRoute() throws Exception {
        Sandbox sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "labelled-" + System.nanoTime());
        ClarifaiComponent component = new ClarifaiComponent();
        component.setBaseUrl(sandbox.setting("clarifai.base-url"));
        component.setPersonalAccessToken(sandbox.setting("clarifai.pat"));
        component.setRequestsPerSecond(0);
        component.getConfiguration().setUserId(sandbox.setting("clarifai.user-id"));
        component.getConfiguration().setAppId(app.id());
        context.addComponent("clarifai", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:import")
                        .to("clarifai:lookupInputs")
                        .to("clarifai:uploadInputs")
                        .to("clarifai:awaitInputs")
                        .to("clarifai:patchInputs")
                        .to("clarifai:postAnnotations");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stopRoute() throws IOException {
        context.close();
    }

    @Test
    void a_repeated_merge_changes_what_differs_once_and_adds_no_second_annotation() throws Exception {
        Exchange first = run(rows("cat"), "merge");
        assertThat(outcomes(first)).containsOnly("IMPORTED");
        assertThat(first.getMessage().getHeader(ClarifaiConstants.ANNOTATION_COUNT))
                .isEqualTo(2 * INPUTS);

        assertThat(outcomes(run(rows("cat"), "merge"))).containsOnly("EXISTING");
        assertThat(outcomes(run(rows("dog"), "merge"))).containsOnly("UPDATED");
        assertThat(outcomes(run(rows("dog"), "merge"))).containsOnly("EXISTING");

        assertThat(app.inputs()).hasSize(INPUTS).allSatisfy(input -> {
            assertThat(input.getData().getConceptsList())
                    .extracting(Concept::getId)
                    .containsExactlyInAnyOrder("cat", "dog");
            assertThat(input.getData().getMetadata().getFieldsMap()).containsOnlyKeys("cat", "dog");
        });
        assertThat(app.annotations("input-0"))
                .extracting(annotation -> annotation.getData().getRegionsCount())
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void overwriting_leaves_only_the_labels_of_the_last_run() throws Exception {
        run(rows("cat"), "skip");

        assertThat(outcomes(run(rows("dog"), "overwrite"))).containsOnly("UPDATED");

        assertThat(app.inputs()).hasSize(INPUTS).allSatisfy(input -> {
            assertThat(input.getData().getConceptsList())
                    .extracting(Concept::getId)
                    .containsExactly("dog");
            assertThat(input.getData().getMetadata().getFieldsMap()).containsOnlyKeys("dog");
        });
    }

    @Test
    void existing_inputs_stay_as_they_are_when_skipped_or_a_failure() throws Exception {
        run(rows("cat"), "skip");
        List<Input> before = app.inputs();

        assertThat(outcomes(run(rows("dog"), "skip"))).containsOnly("EXISTING");
        assertThat(outcomes(run(rows("dog"), "fail"))).containsOnly("REJECTED");

        assertThat(app.inputs()).isEqualTo(before);
    }

    private Exchange run(List<Map<String, Object>> rows, String onExisting) throws Exception {
        Exchange exchange = template.request("direct:import", message -> {
            message.getMessage().setBody(rows);
            message.getMessage().setHeader(ClarifaiConstants.ON_EXISTING, onExisting);
        });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private static List<Object> outcomes(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        return rows.stream()
                .<Object>map(row -> ((Map<?, ?>) row).get(InputColumns.OUTCOME))
                .toList();
    }

    /** Every input has a concept and a metadata key of that name, a classification at input level and a box. */
    private static List<Map<String, Object>> rows(String label) throws IOException {
        byte[] image;
        try (InputStream pixel = LabelledInputsIT.class.getResourceAsStream("/pixel.png")) {
            image = pixel.readAllBytes();
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put(InputColumns.INPUT_ID, "input-" + i);
            row.put(InputColumns.IMAGE_BYTES, image);
            row.put(InputColumns.CONCEPTS, List.of(label));
            row.put(InputColumns.INPUT_METADATA, Map.of(label, i));
            row.put(InputColumns.ANNOTATIONS, """
                    [{"regions": [{"region_info": {"bounding_box":
                        {"top_row": 0, "left_col": 0.25, "bottom_row": 1, "right_col": 0.5}},
                      "data": {"concepts": [{"id": "animal", "value": 1}]}}]},
                     {"metadata": {"reviewed": true, "by": "x"}}]
                    """);
            rows.add(row);
        }
        return rows;
    }
}
