package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values are those that the old module wrote. */
class LegacyRowsTest {

    @Test
    void anInputsProtobufTextAndPythonLiteralBecomeJson() {
        Map<String, Object> row = LegacyRows.input(Map.of(
                "INPUT_ID", "canal",
                "image_info", "width: 500\nheight: 333\nformat: \"JPEG\"\ncolor_mode: \"YUV\"\n",
                "input_metadata", "{'filename': \"o'hare.jpg\"}",
                "input_created_at", "10/27/% 12:48:   %5",
                "input_modified_at", "1698410880.5"));

        assertThat(row)
                .containsEntry("input_id", "canal")
                .containsEntry(
                        "image_info", "{\"width\":500,\"height\":333,\"format\":\"JPEG\",\"color_mode\":\"YUV\"}")
                .containsEntry("input_metadata", "{\"filename\":\"o'hare.jpg\"}")
                .containsEntry("input_created_at", null)
                .containsEntry("input_modified_at", Instant.parse("2023-10-27T12:48:00.500Z"));
    }

    @Test
    void anAnnotationGetsItsTypeConceptsAndRegions() {
        Map<String, Object> row = LegacyRows.annotation(Map.of(
                "annotation_id", "a",
                "input_id", "canal",
                "annotation_user_id", "me",
                "annotation", "concepts { id: \"cat\" name: \"cat\" value: 1.0 }"));

        assertThat(row)
                .containsEntry("annotation_id", "a")
                .containsEntry("annotation_user_id", "me")
                .containsEntry("annotation_type", "classification")
                .doesNotContainKey("status_code");
        assertThat(row.get("annotation").toString()).contains("\"value\":1.0");
    }

    @Test
    void whatCannotBeReadStaysAsItIs() {
        Map<String, Object> legacy = new HashMap<>();
        legacy.put("annotation_id", "a");
        legacy.put("annotation", "not { protobuf");

        assertThat(LegacyRows.annotation(legacy)).containsEntry("annotation", "not { protobuf");
        assertThat(LegacyRows.input(Map.of("input_id", "i", "image_info", "width: many")))
                .containsEntry("image_info", "width: many");
    }
}
