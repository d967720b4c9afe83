package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Mask;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Polygon;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.Span;
import com.clarifai.grpc.api.Text;
import com.clarifai.grpc.api.TimeInfo;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Token;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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
        assertRefused("[{\"concepts\":[]}", "not JSON: ");
        assertRefused("[] []", "not JSON: ");
        assertRefused("[".repeat(100_000), "not JSON: ");
        assertRefused("[" + "{\"regions\":[{\"data\":".repeat(40), "not JSON: ");
    }

    @Provide
    Arbitrary<List<Data>> annotations() {
        return data(2).list().ofMaxSize(4);
    }

    private Arbitrary<Data> data(int depth) {
        Arbitrary<List<Region>> regions = depth == 0 ? Arbitraries.just(List.of()) : regions(depth);
        Arbitrary<List<Frame>> frames = depth == 0 ? Arbitraries.just(List.of()) : frames(depth);
        Arbitrary<List<TimeSegment>> segments = depth == 0 ? Arbitraries.just(List.of()) : segments(depth);
        return Combinators.combine(
                        concepts().list().ofMaxSize(3), regions, frames, segments, text(), places(), metadata())
                .as((concepts, regionList, frameList, segmentList, text, place, metadata) -> {
                    Data.Builder data = Data.newBuilder()
                            .addAllConcepts(concepts)
                            .addAllRegions(regionList)
                            .addAllFrames(frameList)
                            .addAllTimeSegments(segmentList);
                    if (!text.isEmpty()) {
                        data.setText(Text.newBuilder().setRaw(text));
                    }
                    if (place != null) {
                        data.setGeo(Geo.newBuilder().setGeoPoint(place));
                    }
                    if (metadata != null) {
                        data.setMetadata(metadata);
                    }
                    return data.build();
                });
    }

    private Arbitrary<List<Region>> regions(int depth) {
        return Combinators.combine(text(), regionInfos(), data(depth - 1), floats())
                .as((id, info, data, value) -> Region.newBuilder()
                        .setId(id)
                        .setRegionInfo(info)
                        .setData(data)
                        .setValue(value)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private Arbitrary<RegionInfo> regionInfos() {
        Arbitrary<Point> points = Combinators.combine(floats(), floats())
                .as((row, col) -> Point.newBuilder().setRow(row).setCol(col).build());
        return Arbitraries.oneOf(
                Combinators.combine(floats(), floats(), floats(), floats())
                        .as((top, left, bottom, right) -> RegionInfo.newBuilder()
                                .setBoundingBox(BoundingBox.newBuilder()
                                        .setTopRow(top)
                                        .setLeftCol(left)
                                        .setBottomRow(bottom)
                                        .setRightCol(right))
                                .build()),
                points.list().ofMaxSize(5).map(list -> RegionInfo.newBuilder()
                        .setPolygon(Polygon.newBuilder().addAllPoints(list))
                        .build()),
                points.map(point -> RegionInfo.newBuilder().setPoint(point).build()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50).map(bytes -> RegionInfo.newBuilder()
                        .setMask(Mask.newBuilder().setImage(Image.newBuilder().setBase64(ByteString.copyFrom(bytes))))
                        .build()),
                Combinators.combine(
                                Arbitraries.integers().greaterOrEqual(0),
                                Arbitraries.integers().greaterOrEqual(0),
                                text())
                        .as((start, end, raw) -> RegionInfo.newBuilder()
                                .setSpan(Span.newBuilder()
                                        .setCharStart(start)
                                        .setCharEnd(end)
                                        .setRawText(raw))
                                .build()),
                text().map(raw -> RegionInfo.newBuilder()
                        .setToken(Token.newBuilder().setRawText(raw))
                        .build()));
    }

    private Arbitrary<List<Frame>> frames(int depth) {
        return Combinators.combine(Arbitraries.integers().between(0, 1000), data(depth - 1))
                .as((time, data) -> Frame.newBuilder()
                        .setFrameInfo(FrameInfo.newBuilder().setTime(time).setIndex(time / 40))
                        .setData(data)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private Arbitrary<List<TimeSegment>> segments(int depth) {
        return Combinators.combine(floats(), data(depth - 1))
                .as((begin, data) -> TimeSegment.newBuilder()
                        .setTimeInfo(TimeInfo.newBuilder().setBeginTime(begin).setNumFrames(0))
                        .setData(data)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private Arbitrary<Concept> concepts() {
        return Combinators.combine(text(), text(), floats()).as((id, name, value) -> Concept.newBuilder()
                .setId(id)
                .setName(name)
                .setValue(value)
                .build());
    }

    private Arbitrary<GeoPoint> places() {
        return Combinators.combine(floats(), floats())
                .as((longitude, latitude) -> GeoPoint.newBuilder()
                        .setLongitude(longitude)
                        .setLatitude(latitude)
                        .build())
                .injectNull(0.7);
    }

    private Arbitrary<Struct> metadata() {
        return text().map(text -> Struct.newBuilder()
                        .putFields(text, Value.newBuilder().setStringValue(text).build())
                        .build())
                .injectNull(0.7);
    }

    private Arbitrary<Float> floats() {
        return Arbitraries.oneOf(
                Arbitraries.floats(), Arbitraries.floats().between(0, 1), Arbitraries.of(0f, 1f, 0.1f));
    }

    /** Without halves of surrogate pairs, which protobuf cannot write. */
    private Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(8).filter(text -> text.codePoints()
                .noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }

    private static void assertRefused(String json, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnnotationData.parse(json))
                .withMessageStartingWith(reason);
    }
}
