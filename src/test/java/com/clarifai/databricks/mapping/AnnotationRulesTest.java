package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Track;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The column {@code annotations}: what is sent, and what is rejected with its reason. */
class AnnotationRulesTest {

    private static final List<String> NAMES = List.of("inputid", "input", "metadata", "annotations", "width", "height");

    private final ImportRowMapper mapper =
            new ImportRowMapper(ImportColumns.of(NAMES, null), ConceptIds.LABEL, (change, source) -> {});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NaN, 0, 1, 1|top_row is NaN",
                "\"NaN\", 0, 1, 1|top_row is \"NaN\"",
                "0, Infinity, 1, 1|left_col is Infinity",
                "0, 0, \"-Infinity\", 1|bottom_row is \"-Infinity\"",
                "0, 0, 1, 1e40|",
                "-0.2, 0, 1, 1|the row -0.2 is outside of the picture, 0 to 1",
                "0.8, 0, 0.2, 1|a box whose top_row 0.8 or left_col 0.0 is beyond its bottom_row 0.2 or right_col 1.0",
                "0, 0.8, 1, 0.2|a box whose top_row 0.0 or left_col 0.8 is beyond",
                "0.5, 0, 0.5, 1|a box without area, from row 0.5 to 0.5",
                "0, 0, 0, 0|a box without area",
                "10, 20, 110, 220|the columns width and height",
            })
    void boxThatIsNoneIsRejectedWithTheReason(String edges, String reason) {
        assertThat(rejected(box(edges), null, null)).contains(reason == null ? "column annotations: " : reason);
    }

    @Test
    void boxIsSentAsItIs() {
        assertThat(sentBox(box("0, 0.25, 1, 0.75"), null, null)).containsExactly(0f, 0.25f, 1f, 0.75f);
        assertThat(sentBox(box("-0.00001, 0, 1.00001, 0.5"), null, null))
                .as("rounding")
                .containsExactly(0f, 0f, 1f, 0.5f);
    }

    @Test
    void boxInPixelsIsConvertedWhenTheRowSaysTheSize() {
        String box = box("10, 20, 110, 220");

        assertThat(sentBox(box, 400, "200")).containsExactly(0.05f, 0.05f, 0.55f, 0.55f);
        assertThat(sent(Map.of("annotations", box, "metadata", "{'width': 400, 'height': 200}"))
                        .getRegions(0)
                        .getRegionInfo()
                        .getBoundingBox()
                        .getBottomRow())
                .isEqualTo(0.55f);
        assertThat(rejected(box, 100, 100)).contains("the row 1.1 is outside of the picture");
        assertThat(rejected(box, "wide", 0)).contains("the columns width and height");
    }

    @Test
    void numbersThatAreNoneAreNamedWithTheirPlaceWhereverTheyAre() {
        Data data = Data.newBuilder()
                .addConcepts(Concept.newBuilder().setId("a"))
                .addConcepts(Concept.newBuilder().setId("b").setValue(Float.NaN))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationRules.apply(List.of(Data.getDefaultInstance(), data)))
                .withMessage("annotation 2: concepts[1].value is NaN and not a number");
    }

    @Test
    void valuesOfConceptsAreWithinZeroAndOneWhateverTheyBelongTo() {
        Data.Builder wrong =
                Data.newBuilder().addConcepts(Concept.newBuilder().setId("cat").setValue(1.5f));
        List<Data.Builder> places = List.of(
                wrong,
                Data.newBuilder().addRegions(Region.newBuilder().setData(wrong)),
                Data.newBuilder().addFrames(Frame.newBuilder().setData(wrong)),
                Data.newBuilder().addTimeSegments(TimeSegment.newBuilder().setData(wrong)),
                Data.newBuilder().addTracks(Track.newBuilder().setData(wrong)));

        assertThat(places).allSatisfy(place -> assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationRules.apply(List.of(place.build())))
                .withMessage("annotation 1: the value 1.5 of the concept cat is not from 0 to 1"));
        Data whole = Data.newBuilder()
                .addConcepts(Concept.newBuilder().setId("no").setValue(0))
                .addConcepts(Concept.newBuilder().setId("yes").setValue(1))
                .build();
        assertThat(AnnotationRules.apply(List.of(whole))).containsExactly(whole);
    }

    @Test
    void sizeChangesNothingWhenBoxesAreFractions() {
        assertThat(sentBox(box("0, 0, 1, 1"), 400, 200)).containsExactly(0f, 0f, 1f, 1f);
    }

    @Test
    void pixelsAndFractionsInOneRowAreRejected() {
        String mixed = "[" + region("10, 20, 110, 120") + "," + region("0.1, 0.2, 0.3, 0.4") + "]";

        assertThat(rejected(mixed, 400, 200)).contains("some boxes or points are in pixels and others");
    }

    @Test
    void pointsKeepToTheSameRules() {
        String polygon = "[{\"regions\":[{\"region_info\":{\"polygon\":{\"points\":[%s]}}}]}]";

        assertThat(rejected(polygon.formatted("{\"row\":0.1,\"col\":0.1},{\"row\":0.2,\"col\":0.1}"), null, null))
                .contains("a polygon of 2 points");
        assertThat(rejected(polygon.formatted("{\"row\":0.1},{\"row\":NaN},{\"col\":1}"), null, null))
                .contains("row is NaN");
        Data data = sent(Map.of(
                "annotations",
                polygon.formatted("{\"row\":0,\"col\":40},{\"row\":100,\"col\":0},{\"row\":200,\"col\":400}"),
                "width",
                400,
                "height",
                200));
        assertThat(data.getRegions(0).getRegionInfo().getPolygon().getPointsList())
                .extracting(Point::getRow)
                .containsExactly(0f, 0.5f, 1f);
    }

    @Test
    void keypointThatIsNotInThePictureMayBeAnywhere() {
        String keypoints = "[{\"regions\":[{\"region_info\":{\"keypoint_locations\":["
                + "{\"row\":-1,\"col\":-1,\"visibility\":\"NOT_PRESENT\"},{\"row\":0.5,\"col\":0.5}]}}]}]";

        assertThat(sent(Map.of("annotations", keypoints)).getRegionsCount()).isEqualTo(1);
    }

    @Test
    void valuesOfConceptsAreFromZeroToOne() {
        String concept = "[{\"regions\":[{\"data\":{\"concepts\":[{\"id\":\"cat\",\"value\":%s}]}}]}]";

        assertThat(rejected(concept.formatted("2"), null, null)).contains("the value 2.0 of the concept cat");
        assertThat(rejected(concept.formatted("-0.5"), null, null)).contains("is not from 0 to 1");
        assertThat(rejected(concept.formatted("\"NaN\""), null, null)).contains("value is \"NaN\"");
        assertThat(rejected("[{\"geo\":{\"geo_point\":{\"longitude\":200}}}]", null, null))
                .contains("no such place");
    }

    @Test
    void theAnnotationIsNamed() {
        assertThat(rejected("[{}, {\"concepts\":[{\"id\":\"a\",\"value\":5}]}]", null, null))
                .contains("annotation 2: ");
    }

    @Test
    void metadataOfAnnotationsKeepsItsDigits() {
        Data data = sent(Map.of(
                "annotations",
                "[{\"metadata\":{\"asset\":9007199254740993,\"list\":[0.12345678901234567890],\"ok\":0.1}}]"));

        assertThat(data.getMetadata().getFieldsOrThrow("asset").getStringValue())
                .isEqualTo("9007199254740993");
        assertThat(data.getMetadata()
                        .getFieldsOrThrow("list")
                        .getListValue()
                        .getValues(0)
                        .getStringValue())
                .startsWith("0.1234567890123456789");
        assertThat(data.getMetadata().getFieldsOrThrow("ok").getNumberValue()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'concepts': [{'id': 'cat'}]}]",
                "\"[{\\\"concepts\\\": [{\\\"id\\\": \\\"cat\\\"}]}]\"",
                "[\"{\\\"concepts\\\": [{\\\"id\\\": \\\"cat\\\"}]}\"]",
                "array([{'concepts': ({'id': 'cat', 'value': np.float32(1.0)},)}], dtype=object)"
            })
    void annotationsOfOtherProgramsAreTheSame(String cell) {
        assertThat(sent(Map.of("annotations", cell)).getConcepts(0).getValue()).isEqualTo(1f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"frames\":[{\"frame_info\":{\"index\":1e999999999}}]}]",
                "[{\"frames\":[{\"frame_info\":{\"index\":\"1e999999999\"}}]}]",
                "[{\"concepts\":[{\"id\":\"a\",\"value\":1e999999999}]}]"
            })
    void numbersThatWouldTakeAllMemoryAreRejectedAtOnce(String cell) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(rejected(cell, null, null))
                .isNotBlank());
    }

    private static String box(String edges) {
        return "[" + region(edges) + "]";
    }

    private static String region(String edges) {
        String[] edge = edges.split(", ");
        return "{\"regions\":[{\"region_info\":{\"bounding_box\":{\"top_row\":" + edge[0] + ",\"left_col\":" + edge[1]
                + ",\"bottom_row\":" + edge[2] + ",\"right_col\":" + edge[3] + "}}}]}";
    }

    private String rejected(String annotations, Object width, Object height) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("annotations", annotations);
        cells.put("width", width);
        cells.put("height", height);
        Map<String, Object> row = map(cells);
        assertThat(row).containsEntry("status", "REJECTED");
        return (String) row.get("status_message");
    }

    private List<Float> sentBox(String annotations, Object width, Object height) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("annotations", annotations);
        cells.put("width", width);
        cells.put("height", height);
        Region region = sent(cells).getRegions(0);
        BoundingBox box = region.getRegionInfo().getBoundingBox();
        return List.of(box.getTopRow(), box.getLeftCol(), box.getBottomRow(), box.getRightCol());
    }

    private Data sent(Map<String, Object> cells) {
        Map<String, Object> row = map(cells);
        assertThat(row.get("status_message")).isNull();
        return AnnotationData.parse(row.get("annotations")).get(0);
    }

    private Map<String, Object> map(Map<String, Object> cells) {
        Map<String, Object> row = new LinkedHashMap<>(cells);
        row.put("inputid", "1");
        row.put("input", "https://images.example/cat.jpg");
        return mapper.map(row, "s");
    }
}
