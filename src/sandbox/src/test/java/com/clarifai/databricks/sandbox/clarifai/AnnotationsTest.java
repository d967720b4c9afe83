package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DeleteAnnotationsRequest;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListConceptsRequest;
import com.clarifai.grpc.api.Mask;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Polygon;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.Span;
import com.clarifai.grpc.api.TimeInfo;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest extends ClarifaiTest {

    @BeforeEach
    void upload() {
        Input.Builder labelled = image("a");
        labelled.getDataBuilder()
                .addConcepts(concept("cat", 1))
                .addConcepts(concept("dog", 0))
                .setMetadata(metadata("split", "train"))
                .setGeo(geo(102f, 70f));
        client.post(labelled.build(), image("b").build());
        client.awaitFinal("a");
        client.awaitFinal("b");
    }

    @Test
    void eachInputHasOneAnnotationThatHoldsItsData() {
        Input input = client.get("a");

        assertThat(list("a")).singleElement().satisfies(annotation -> {
            assertThat(annotation.getInputLevel()).isTrue();
            assertThat(annotation.getData()).isEqualTo(input.getData());
            assertThat(annotation.getStatus().getCode()).isEqualTo(StatusCode.ANNOTATION_SUCCESS);
            assertThat(annotation.getWorker().getUser().getId()).isEqualTo("sandbox");
        });
        assertThat(input.getData().getConceptsList())
                .extracting(Concept::getId, Concept::getName, Concept::getValue)
                .containsExactly(tuple("cat", "cat", 1f), tuple("dog", "dog", 0f));
    }

    @Test
    void labelsMakeTheirConcepts() {
        assertThat(client.api()
                        .listConcepts(ListConceptsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .build())
                        .getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat", "dog");
    }

    @Test
    void patchesOfAnInputShowInItsAnnotation() {
        Input before = client.get("a");
        patchInput(
                "merge",
                Data.newBuilder()
                        .addConcepts(concept("cat", 0))
                        .addConcepts(concept("bird", 1))
                        .setMetadata(metadata("source", "s3"))
                        .setGeo(geo(0f, 0f))
                        .build());

        Input merged = client.get("a");
        assertThat(merged.getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat", "dog", "bird");
        assertThat(merged.getData().getConcepts(0).getValue()).isZero();
        assertThat(merged.getData().getMetadata().getFieldsMap()).containsOnlyKeys("split", "source");
        assertThat(merged.getData().getGeo()).isEqualTo(geo(0f, 0f));
        assertThat(Timestamps.compare(merged.getModifiedAt(), before.getModifiedAt()))
                .isPositive();
        assertThat(list("a").get(0).getData()).isEqualTo(merged.getData());

        patchInput(
                "overwrite",
                Data.newBuilder()
                        .addConcepts(concept("fish", 1))
                        .setMetadata(metadata("only", "this"))
                        .build());
        assertThat(client.get("a").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("fish");
        assertThat(client.get("a").getData().getMetadata().getFieldsMap()).containsOnlyKeys("only");

        patchInput(
                "remove",
                Data.newBuilder()
                        .addConcepts(concept("fish", 1))
                        .setMetadata(metadata("only", "this"))
                        .build());
        assertThat(client.get("a").getData().getConceptsList()).isEmpty();
        assertThat(client.get("a").getData().getMetadata().getFieldsMap()).isEmpty();
        assertThat(client.get("a").getData().getGeo()).isEqualTo(geo(0f, 0f));
    }

    @Test
    void unknownInputsAndActionsCannotBePatched() {
        PatchInputsRequest.Builder request = PatchInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addInputs(Input.newBuilder().setId("absent"));

        assertThat(client.api()
                        .patchInputs(request.setAction("merge").build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .patchInputs(request.setAction("replace").build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1.5f, 200, Float.NaN, Float.POSITIVE_INFINITY})
    void boxesBeyondThePictureAreRefused(float bottom) {
        MultiAnnotationResponse answer = client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(Annotation.newBuilder()
                                .setInputId("a")
                                .setData(Data.newBuilder().addRegions(boxed("", bottom, "cat"))))
                        .build());

        assertThat(answer.getAnnotations(0).getStatus().getCode()).isEqualTo(StatusCode.ANNOTATION_INVALID_ARGUMENT);
    }

    @Test
    void allKindsOfDataAreKeptAsPosted() {
        Data data = Data.newBuilder()
                .addConcepts(concept("cat", 0.25f))
                .addRegions(region(
                        "box",
                        RegionInfo.newBuilder()
                                .setBoundingBox(BoundingBox.newBuilder()
                                        .setBottomRow(0.5f)
                                        .setRightCol(0.1f))))
                .addRegions(region(
                        "polygon",
                        RegionInfo.newBuilder()
                                .setPolygon(Polygon.newBuilder()
                                        .addPoints(Point.newBuilder().setRow(0.3f)))))
                .addRegions(region(
                        "mask",
                        RegionInfo.newBuilder()
                                .setMask(Mask.newBuilder()
                                        .setImage(Image.newBuilder().setBase64(ByteString.copyFromUtf8("mask"))))))
                .addRegions(region(
                        "point",
                        RegionInfo.newBuilder().setPoint(Point.newBuilder().setCol(0.7f))))
                .addRegions(region(
                        "span",
                        RegionInfo.newBuilder()
                                .setSpan(Span.newBuilder().setCharEnd(4).setRawText("text"))))
                .addFrames(Frame.newBuilder()
                        .setId("frame")
                        .setFrameInfo(FrameInfo.newBuilder().setTime(40).setIndex(1)))
                .addTimeSegments(TimeSegment.newBuilder()
                        .setId("segment")
                        .setTimeInfo(TimeInfo.newBuilder().setBeginTime(1).setEndTime(2)))
                .build();
        post(Annotation.newBuilder().setId("n").setInputId("a").setData(data));

        Annotation kept = list("a").get(0);
        assertThat(kept.getId()).isEqualTo("n");
        assertThat(kept.getInputLevel()).isFalse();
        assertThat(kept.getData().getRegionsList()).isEqualTo(data.getRegionsList());
        assertThat(kept.getData().getFramesList()).isEqualTo(data.getFramesList());
        assertThat(kept.getData().getTimeSegmentsList()).isEqualTo(data.getTimeSegmentsList());
        assertThat(kept.getData().getConcepts(0).getValue()).isEqualTo(0.25f);
    }

    @Test
    void annotationsAreListedNewestFirstByInputIdStatusAndPage() {
        post(Annotation.newBuilder().setId("x").setInputId("a").setData(labelled("cat")));
        post(Annotation.newBuilder()
                .setId("y")
                .setInputId("b")
                .setData(labelled("cat"))
                .setStatus(Statuses.of(StatusCode.ANNOTATION_AWAITING_REVIEW)));
        ListAnnotationsRequest all =
                ListAnnotationsRequest.newBuilder().setUserAppId(DEMO).build();

        assertThat(ids(all)).hasSize(4).startsWith("y", "x");
        assertThat(ids(all.toBuilder().setPage(2).setPerPage(1).build())).containsExactly("x");
        assertThat(ids(all.toBuilder().addInputIds("b").build())).hasSize(2).startsWith("y");
        assertThat(ids(all.toBuilder()
                        .addStatuses(Statuses.of(StatusCode.ANNOTATION_AWAITING_REVIEW))
                        .build()))
                .containsExactly("y");
        assertThat(ids(all.toBuilder().addUserIds("somebody").build())).isEmpty();
        assertThat(ids(all.toBuilder().addIds("y").addInputIds("b").build())).containsExactly("y");
        assertThat(client.api()
                        .listAnnotations(all.toBuilder()
                                .addIds("y")
                                .addInputIds("b")
                                .addInputIds("a")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.ANNOTATION_INVALID_ARGUMENT);
    }

    @Test
    void badAnnotationsAreRefusedOneByOne() {
        MultiAnnotationResponse answer = client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(
                                Annotation.newBuilder().setInputId("absent").setData(labelled("cat")))
                        .addAnnotations(Annotation.newBuilder()
                                .setId("x")
                                .setInputId("a")
                                .setData(labelled("cat")))
                        .addAnnotations(Annotation.newBuilder()
                                .setId("x")
                                .setInputId("a")
                                .setData(labelled("cat")))
                        .build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.MIXED_STATUS);
        assertThat(answer.getAnnotationsList())
                .extracting(annotation -> annotation.getStatus().getCode())
                .containsExactly(
                        StatusCode.CONN_DOES_NOT_EXIST,
                        StatusCode.ANNOTATION_SUCCESS,
                        StatusCode.ANNOTATION_INVALID_ARGUMENT);
    }

    /** Whether the region is named or not: an annotation has one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mergingARegionMovesItsBoxAndKeepsTheConceptsThatThePatchDoesNotName(boolean named) {
        Region posted = post(Annotation.newBuilder()
                        .setId("x")
                        .setInputId("a")
                        .setData(Data.newBuilder().addRegions(boxed("", 0.5f, "cat"))))
                .getData()
                .getRegions(0);

        Region moved = patchRegion("merge", boxed(named ? posted.getId() : "", 0.9f, "dog"));

        assertThat(moved.getId()).isEqualTo(posted.getId());
        assertThat(moved.getRegionInfo().getBoundingBox().getBottomRow()).isEqualTo(0.9f);
        assertThat(moved.getData().getConceptsList()).extracting(Concept::getId).containsExactly("cat", "dog");
        assertThat(patchRegion("overwrite", boxed("", 0.7f, "bird")).getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("bird");
        patchRegion(
                "remove", boxed(named ? list("a").get(0).getData().getRegions(0).getId() : "", 0.7f, "bird"));
        assertThat(list("a").get(0).getData().getRegionsList()).isEmpty();
    }

    private static Region boxed(String id, float bottom, String concept) {
        return Region.newBuilder()
                .setId(id)
                .setRegionInfo(RegionInfo.newBuilder()
                        .setBoundingBox(
                                BoundingBox.newBuilder().setBottomRow(bottom).setRightCol(1)))
                .setData(labelled(concept))
                .build();
    }

    /** The one region that the annotation has then, if it has one. */
    private Region patchRegion(String action, Region region) {
        client.api()
                .patchAnnotations(PatchAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction(action)
                        .addAnnotations(Annotation.newBuilder()
                                .setId("x")
                                .setInputId("a")
                                .setData(Data.newBuilder().addRegions(region)))
                        .build());
        List<Region> regions = list("a").get(0).getData().getRegionsList();
        assertThat(regions).hasSizeLessThanOrEqualTo(1);
        return regions.isEmpty() ? null : regions.get(0);
    }

    @Test
    void patchingAnAnnotationMovesItsTimeAndDeletingRemovesIt() {
        Annotation before =
                post(Annotation.newBuilder().setId("x").setInputId("a").setData(labelled("cat")));
        client.api()
                .patchAnnotations(PatchAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addAnnotations(Annotation.newBuilder()
                                .setId("x")
                                .setInputId("a")
                                .setData(labelled("dog")))
                        .build());
        Annotation after = list("a").get(0);
        assertThat(after.getData().getConceptsList()).extracting(Concept::getId).containsExactly("cat", "dog");
        assertThat(Timestamps.compare(after.getModifiedAt(), before.getModifiedAt()))
                .isPositive();
        assertThat(after.getCreatedAt()).isEqualTo(before.getCreatedAt());

        client.api()
                .deleteAnnotations(DeleteAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addIds("x")
                        .addInputIds("a")
                        .build());
        assertThat(list("a")).singleElement().matches(Annotation::getInputLevel);
        assertThat(client.api()
                        .deleteAnnotations(DeleteAnnotationsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addIds(list("a").get(0).getId())
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.ANNOTATION_INVALID_ARGUMENT);
    }

    private void patchInput(String action, Data data) {
        client.api()
                .patchInputs(PatchInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction(action)
                        .addInputs(Input.newBuilder().setId("a").setData(data))
                        .build());
    }

    private Annotation post(Annotation.Builder annotation) {
        MultiAnnotationResponse answer = client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(annotation)
                        .build());
        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        return answer.getAnnotations(0);
    }

    private List<Annotation> list(String inputId) {
        return client.api()
                .listAnnotations(ListAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addInputIds(inputId)
                        .build())
                .getAnnotationsList();
    }

    private List<String> ids(ListAnnotationsRequest request) {
        return client.api().listAnnotations(request).getAnnotationsList().stream()
                .map(Annotation::getId)
                .toList();
    }

    private static Data labelled(String concept) {
        return Data.newBuilder().addConcepts(concept(concept, 1)).build();
    }

    private static Region.Builder region(String id, RegionInfo.Builder info) {
        return Region.newBuilder().setId(id).setRegionInfo(info);
    }

    private static Struct metadata(String key, String value) {
        return Struct.newBuilder()
                .putFields(key, Value.newBuilder().setStringValue(value).build())
                .build();
    }

    private static Geo geo(float longitude, float latitude) {
        return Geo.newBuilder()
                .setGeoPoint(GeoPoint.newBuilder().setLongitude(longitude).setLatitude(latitude))
                .build();
    }
}
