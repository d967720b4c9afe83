package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputLabelsTest {

    private final InputLabels labels = new InputLabels();

    @SafeVarargs
    private static Map<String, Object> annotation(Map<String, Object>... regions) {
        Map<String, Object> annotation = new HashMap<>();
        annotation.put("concepts", List.of(Map.of("id", "cat")));
        annotation.put("regions", List.of(regions));
        return annotation;
    }

    @Test
    void regionsAndConceptsOfAllAnnotationsAreOneDrawing() {
        Map<String, Object> drawn = labels.of(List.of(
                        annotation(Map.of("type", "bounding_box"), Map.of("type", "polygon")),
                        annotation(Map.of("type", "mask", "mask", "iVBO")))
                .iterator());

        assertThat((List<?>) drawn.get("regions")).hasSize(3);
        assertThat((List<?>) drawn.get("concepts")).hasSize(2);
        assertThat(drawn).containsEntry("more", false);
    }

    @Test
    void noMoreIsReadThanCanBeLookedAt() {
        Map<String, Object> mask = Map.of("type", "mask", "mask", "x".repeat(1 << 20));

        Map<String, Object> drawn =
                labels.of(Collections.nCopies(1_000, annotation(mask)).iterator());

        assertThat((List<?>) drawn.get("regions")).hasSize(8);
        assertThat(drawn).containsEntry("more", true);
    }

    @Test
    void withoutAnInputNothingIsAsked() {
        assertThatThrownBy(() -> labels.input(null)).isInstanceOf(ApiException.class);
    }
}
