package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnnotationDataTest {

    @Property(tries = 500)
    void annotations_of_every_kind_come_back_as_they_were(@ForAll("annotations") List<Data> annotations) {
        String json = "["
                + String.join(
                        ",", annotations.stream().map(AnnotationData::json).toList()) + "]";

        assertThat(AnnotationData.parse(json)).isEqualTo(annotations);
    }

    @Property(tries = 200)
    void annotations_as_maps_are_the_same_as_their_json(@ForAll("annotations") List<Data> annotations)
            throws JsonProcessingException {
        List<Map<String, Object>> maps =
                annotations.stream().map(AnnotationData::map).toList();

        assertThat(AnnotationData.parse(maps)).isEqualTo(annotations);
        assertThat(AnnotationData.parse(new ObjectMapper().writeValueAsString(maps)))
                .isEqualTo(annotations);
    }

    @Example
    void zeros_that_mean_something_are_written() {
        Data data = Data.newBuilder()
                .addRegions(Region.newBuilder()
                        .setRegionInfo(RegionInfo.newBuilder()
                                .setBoundingBox(BoundingBox.newBuilder()
                                        .setBottomRow(0.1f)
                                        .setRightCol(1f)))
                        .setData(Data.newBuilder()
                                .addConcepts(Concept.newBuilder().setId("cat"))))
                .build();

        assertThat(AnnotationData.json(data))
                .isEqualTo("{\"regions\":[{\"region_info\":{\"bounding_box\":{\"top_row\":0.0,\"left_col\":0.0,"
                        + "\"bottom_row\":0.1,\"right_col\":1.0}},"
                        + "\"data\":{\"concepts\":[{\"id\":\"cat\",\"value\":0.0}]}}]}");
    }

    @Example
    void a_concept_without_a_value_is_present_wherever_it_is() {
        List<Data> parsed = AnnotationData.parse("""
                [{"concepts": [{"id": "a"}, {"id": "b", "value": 0}, {"id": "c", "value": null}],
                  "regions": [{"data": {"concepts": [{"id": "d"}]}}],
                  "metadata": {"concepts": [{"id": "no concept"}]}}]
                """);

        Data data = parsed.get(0);
        assertThat(data.getConceptsList()).extracting(Concept::getValue).containsExactly(1f, 0f, 1f);
        assertThat(data.getRegions(0).getData().getConcepts(0).getValue()).isEqualTo(1f);
        assertThat(data.getMetadata()
                        .getFieldsOrThrow("concepts")
                        .getListValue()
                        .getValues(0)
                        .getStructValue()
                        .getFieldsMap())
                .containsOnlyKeys("id");
    }

    @Example
    void camel_case_names_are_taken_too() {
        assertThat(AnnotationData.parse("[{\"regions\":[{\"regionInfo\":{\"boundingBox\":{\"topRow\":0.5}}}]}]"))
                .isEqualTo(AnnotationData.parse(
                        "[{\"regions\":[{\"region_info\":{\"bounding_box\":{\"top_row\":0.5}}}]}]"));
    }

    @Example
    void what_is_not_annotation_data_is_refused_with_the_field() {
        assertRefused(
                "[{\"regions\":[{\"box\":{}}]}]", "item 1: Cannot find field: box in message clarifai.api.Region");
        assertRefused("[{}, {\"concepts\":[{\"id\":\"a\",\"value\":\"much\"}]}]", "item 2: ");
        assertRefused("[{\"concepts\":{}}]", "item 1: ");
        assertRefused("{}", "not a JSON array");
        assertRefused("[1]", "item 1 is not a JSON object");
        assertRefused("[{\"concepts\":[]}", "neither JSON nor a Python literal (");
        assertRefused("[] []", "neither JSON nor a Python literal (");
        assertRefused("[".repeat(100_000), "neither JSON nor a Python literal (");
        assertRefused("[" + "{\"regions\":[{\"data\":".repeat(40), "neither JSON nor a Python literal (");
    }

    @Provide
    Arbitrary<List<Data>> annotations() {
        return AnyData.upTo(2).list().ofMaxSize(4);
    }

    private static void assertRefused(String json, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationData.parse(json))
                .withMessageStartingWith(reason);
    }
}
