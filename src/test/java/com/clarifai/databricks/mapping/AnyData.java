package com.clarifai.databricks.mapping;

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
import com.clarifai.grpc.api.Track;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Annotation data of every kind. */
final class AnyData {

    private AnyData() {}

    /** @param depth how many levels of regions, frames, segments and tracks are in each other */
    static Arbitrary<Data> upTo(int depth) {
        Arbitrary<List<Region>> regions = depth == 0 ? Arbitraries.just(List.of()) : regions(depth);
        Arbitrary<List<Frame>> frames = depth == 0 ? Arbitraries.just(List.of()) : frames(depth);
        Arbitrary<List<TimeSegment>> segments = depth == 0 ? Arbitraries.just(List.of()) : segments(depth);
        Arbitrary<List<Track>> tracks = depth == 0 ? Arbitraries.just(List.of()) : tracks(depth);
        return Combinators.combine(
                        concepts().list().ofMaxSize(3), regions, frames, segments, tracks, text(), places(), metadata())
                .as((concepts, regionList, frameList, segmentList, trackList, text, place, metadata) -> {
                    Data.Builder data = Data.newBuilder()
                            .addAllConcepts(concepts)
                            .addAllRegions(regionList)
                            .addAllFrames(frameList)
                            .addAllTimeSegments(segmentList)
                            .addAllTracks(trackList);
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

    private static Arbitrary<List<Region>> regions(int depth) {
        return Combinators.combine(text(), regionInfos(), upTo(depth - 1), floats())
                .as((id, info, data, value) -> Region.newBuilder()
                        .setId(id)
                        .setRegionInfo(info)
                        .setData(data)
                        .setValue(value)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<RegionInfo> regionInfos() {
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
                points.list().ofMinSize(1).ofMaxSize(5).map(list -> RegionInfo.newBuilder()
                        .addAllKeypointLocations(list)
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

    private static Arbitrary<List<Frame>> frames(int depth) {
        return Combinators.combine(Arbitraries.integers().between(0, 1000), upTo(depth - 1))
                .as((time, data) -> Frame.newBuilder()
                        .setFrameInfo(FrameInfo.newBuilder().setTime(time).setIndex(time / 40))
                        .setData(data)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<List<TimeSegment>> segments(int depth) {
        return Combinators.combine(floats(), upTo(depth - 1))
                .as((begin, data) -> TimeSegment.newBuilder()
                        .setTimeInfo(TimeInfo.newBuilder().setBeginTime(begin).setNumFrames(0))
                        .setData(data)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<List<Track>> tracks(int depth) {
        return Combinators.combine(text(), upTo(depth - 1), floats())
                .as((id, data, quality) -> Track.newBuilder()
                        .setId(id)
                        .setData(data)
                        .setQuality(quality)
                        .build())
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<Concept> concepts() {
        return Combinators.combine(text(), text(), floats()).as((id, name, value) -> Concept.newBuilder()
                .setId(id)
                .setName(name)
                .setValue(value)
                .build());
    }

    private static Arbitrary<GeoPoint> places() {
        return Combinators.combine(floats(), floats())
                .as((longitude, latitude) -> GeoPoint.newBuilder()
                        .setLongitude(longitude)
                        .setLatitude(latitude)
                        .build())
                .injectNull(0.7);
    }

    private static Arbitrary<Struct> metadata() {
        return text().map(text -> Struct.newBuilder()
                        .putFields(text, Value.newBuilder().setStringValue(text).build())
                        .build())
                .injectNull(0.7);
    }

    private static Arbitrary<Float> floats() {
        return Arbitraries.oneOf(
                Arbitraries.floats(), Arbitraries.floats().between(0, 1), Arbitraries.of(0f, 1f, 0.1f));
    }

    /** Without halves of surrogate pairs, which protobuf cannot write. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(8).filter(text -> text.codePoints()
                .noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }
}
