package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Color;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Embedding;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Mask;
import com.clarifai.grpc.api.Model;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Polygon;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.Span;
import com.clarifai.grpc.api.Text;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Token;
import com.clarifai.grpc.api.Track;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.Worker;
import com.clarifai.grpc.api.Workflow;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnnotationRowsTest {

    private static final BoundingBox BOX =
            BoundingBox.newBuilder().setBottomRow(0.1f).setRightCol(1f).build();

    @Property(tries = 300)
    void data_of_every_kind_comes_back_from_its_row(@ForAll("data") Data data) {
        Map<String, Object> row = row(data);

        assertThat(AnnotationData.parse("[" + row.get(AnnotationColumns.ANNOTATION) + "]"))
                .containsExactly(data);
    }

    @Provide
    Arbitrary<Data> data() {
        return AnyData.upTo(2);
    }

    @Example
    void a_row_has_the_columns_of_the_annotations_table() {
        Annotation annotation = Annotation.newBuilder()
                .setId("annotation")
                .setInputId("input")
                .setInputLevel(true)
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1).setNanos(5_000_000))
                .setStatus(Status.newBuilder().setCode(StatusCode.ANNOTATION_AWAITING_REVIEW))
                .setData(Data.newBuilder().addConcepts(concept("cat")))
                .build();

        assertThat(AnnotationRows.toRow(annotation, "me", "app", "pets"))
                .containsEntry(AnnotationColumns.ANNOTATION_ID, "annotation")
                .containsEntry(AnnotationColumns.ANNOTATION, "{\"concepts\":[{\"id\":\"cat\",\"value\":0.0}]}")
                .containsEntry(AnnotationColumns.ANNOTATION_USER_ID, null)
                .containsEntry(AnnotationColumns.INPUT_ID, "input")
                .containsEntry(AnnotationColumns.ANNOTATION_CREATED_AT, Instant.parse("1970-01-01T00:00:01.005Z"))
                .containsEntry(AnnotationColumns.ANNOTATION_MODIFIED_AT, null)
                .containsEntry(AnnotationColumns.ANNOTATION_TYPE, "classification")
                .containsEntry(AnnotationColumns.INPUT_LEVEL, true)
                .containsEntry(AnnotationColumns.CONCEPTS, List.of(Map.of("id", "cat", "name", "", "value", 0f)))
                .containsEntry(AnnotationColumns.REGIONS, List.of())
                .containsEntry(AnnotationColumns.STATUS_CODE, StatusCode.ANNOTATION_AWAITING_REVIEW_VALUE)
                .containsEntry(AnnotationColumns.USER_ID, "me")
                .containsEntry(AnnotationColumns.APP_ID, "app")
                .containsEntry(AnnotationColumns.DATASET_ID, "pets")
                .hasSize(14);
    }

    @Example
    @SuppressWarnings("deprecation")
    void the_annotator_is_the_user_or_else_the_worker() {
        Annotation.Builder old = Annotation.newBuilder().setUserId("jane");

        assertThat(annotator(old.setWorker(
                        Worker.newBuilder().setUser(User.newBuilder().setId("joe")))))
                .isEqualTo("jane");
        assertThat(annotator(Annotation.newBuilder()
                        .setWorker(Worker.newBuilder().setUser(User.newBuilder().setId("joe")))))
                .isEqualTo("joe");
        assertThat(annotator(Annotation.newBuilder()
                        .setWorker(
                                Worker.newBuilder().setModel(Model.newBuilder().setId("detector")))))
                .isEqualTo("detector");
        assertThat(annotator(Annotation.newBuilder()
                        .setWorker(Worker.newBuilder()
                                .setWorkflow(Workflow.newBuilder().setId("flow")))))
                .isEqualTo("flow");
    }

    @Example
    void regions_keep_their_zeros_shapes_and_concepts() {
        Point corner = Point.newBuilder().setRow(0f).setCol(0.3f).build();
        Map<String, Object> row = row(Data.newBuilder()
                .addRegions(Region.newBuilder()
                        .setId("box")
                        .setRegionInfo(RegionInfo.newBuilder().setBoundingBox(BOX))
                        .setData(Data.newBuilder().addConcepts(concept("cat"))))
                .addRegions(region(RegionInfo.newBuilder()
                        .setPolygon(Polygon.newBuilder().addPoints(corner).addPoints(corner))))
                .addRegions(region(
                        RegionInfo.newBuilder().setMask(mask(Image.newBuilder().setUrl("https://mask")))))
                .addRegions(region(RegionInfo.newBuilder()
                        .setMask(mask(Image.newBuilder().setBase64(ByteString.copyFromUtf8("mask"))))))
                .build());

        List<Map<String, Object>> regions = regions(row);
        assertThat(regions.get(0))
                .containsEntry("id", "box")
                .containsEntry("type", "bounding_box")
                .containsEntry("top_row", 0f)
                .containsEntry("left_col", 0f)
                .containsEntry("bottom_row", 0.1f)
                .containsEntry("right_col", 1f)
                .containsEntry("points", List.of())
                .containsEntry("mask", null)
                .containsEntry("concepts", List.of(Map.of("id", "cat", "name", "", "value", 0f)));
        assertThat(regions.get(1))
                .containsEntry("type", "polygon")
                .containsEntry("top_row", null)
                .containsEntry("points", List.of(Map.of("row", 0f, "col", 0.3f), Map.of("row", 0f, "col", 0.3f)));
        assertThat(regions)
                .extracting(region -> region.get("mask"))
                .containsExactly(null, null, "https://mask", "bWFzaw==");
        assertThat(row).containsEntry(AnnotationColumns.ANNOTATION_TYPE, "mixed");
    }

    @Example
    void what_models_derive_is_left_out_of_the_json_at_every_level() {
        Data derived = Data.newBuilder()
                .addConcepts(concept("cat"))
                .addEmbeddings(Embedding.newBuilder().addVector(1f))
                .addColors(Color.newBuilder().setRawHex("#fff"))
                .addHeatmaps(Image.newBuilder().setUrl("https://heat"))
                .build();
        Data compact = Data.newBuilder().addConcepts(concept("cat")).build();

        Map<String, Object> row = row(nested(derived));

        assertThat(AnnotationData.parse("[" + row.get(AnnotationColumns.ANNOTATION) + "]"))
                .containsExactly(nested(compact));
    }

    private static Data nested(Data data) {
        return data.toBuilder()
                .addRegions(Region.newBuilder().setId("r").setData(data))
                .addFrames(Frame.newBuilder().setId("f").setData(data))
                .addTimeSegments(TimeSegment.newBuilder().setId("s").setData(data))
                .addTracks(Track.newBuilder().setId("t").setData(data))
                .build();
    }

    @Example
    void the_type_is_what_the_annotation_consists_of() {
        Point.Builder point = Point.newBuilder();
        assertThat(type(region(RegionInfo.newBuilder().setBoundingBox(BOX)))).isEqualTo("bounding_box");
        assertThat(type(region(RegionInfo.newBuilder()
                        .setBoundingBox(BOX)
                        .setPolygon(Polygon.newBuilder().addPoints(point)))))
                .as("a box around a polygon")
                .isEqualTo("polygon");
        assertThat(type(region(RegionInfo.newBuilder().setMask(mask(Image.newBuilder())))))
                .isEqualTo("mask");
        assertThat(type(region(RegionInfo.newBuilder().setPoint(point)))).isEqualTo("point");
        assertThat(type(region(RegionInfo.newBuilder().addKeypointLocations(point))))
                .isEqualTo("keypoints");
        assertThat(type(region(RegionInfo.newBuilder().setSpan(Span.newBuilder()))))
                .isEqualTo("span");
        assertThat(type(region(RegionInfo.newBuilder().setToken(Token.newBuilder()))))
                .isEqualTo("token");
        assertThat(type(region(RegionInfo.newBuilder()))).isEqualTo("region");
        assertThat(type(Data.newBuilder().addFrames(Frame.newBuilder()))).isEqualTo("frame");
        assertThat(type(Data.newBuilder().addTimeSegments(TimeSegment.newBuilder())))
                .isEqualTo("time_segment");
        assertThat(type(Data.newBuilder().addTracks(Track.newBuilder()))).isEqualTo("track");
        assertThat(type(Data.newBuilder().addFrames(Frame.newBuilder()).addTracks(Track.newBuilder())))
                .isEqualTo("mixed");
        assertThat(type(Data.newBuilder().addConcepts(concept("cat")))).isEqualTo("classification");
        assertThat(type(Data.newBuilder().setText(Text.newBuilder().setRaw("a cat"))))
                .isEqualTo("text");
        assertThat(type(Data.newBuilder().setMetadata(Struct.getDefaultInstance())))
                .isEqualTo("metadata");
        assertThat(type(Data.newBuilder().setGeo(Geo.getDefaultInstance()))).isEqualTo("geo");
        assertThat(type(Data.newBuilder().setImage(Image.newBuilder()))).isEqualTo("input");
        assertThat(type(Data.newBuilder().addEmbeddings(Embedding.newBuilder())))
                .isEqualTo("other");
        assertThat(type(Data.newBuilder())).isEqualTo("none");
    }

    @Example
    void the_text_of_a_text_input_is_no_annotation() {
        Annotation posted = Annotation.newBuilder()
                .setInputLevel(true)
                .setData(Data.newBuilder().setText(Text.newBuilder().setRaw("the input")))
                .build();

        assertThat(AnnotationType.of(posted)).isEqualTo(AnnotationType.INPUT);
    }

    private static Concept concept(String id) {
        return Concept.newBuilder().setId(id).setValue(0f).build();
    }

    private static Mask mask(Image.Builder image) {
        return Mask.newBuilder().setImage(image).build();
    }

    private static Region region(RegionInfo.Builder info) {
        return Region.newBuilder().setRegionInfo(info).build();
    }

    private static Object type(Region region) {
        return type(Data.newBuilder().addRegions(region));
    }

    private static Object type(Data.Builder data) {
        return row(data.build()).get(AnnotationColumns.ANNOTATION_TYPE);
    }

    private static Object annotator(Annotation.Builder annotation) {
        return AnnotationRows.toRow(annotation.build(), "me", "app", null).get(AnnotationColumns.ANNOTATION_USER_ID);
    }

    private static Map<String, Object> row(Data data) {
        return AnnotationRows.toRow(Annotation.newBuilder().setData(data).build(), "me", "app", null);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> regions(Map<String, Object> row) {
        return (List<Map<String, Object>>) row.get(AnnotationColumns.REGIONS);
    }
}
