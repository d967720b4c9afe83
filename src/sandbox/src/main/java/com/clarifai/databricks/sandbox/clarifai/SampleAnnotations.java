package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.images.NumberedPicture;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Mask;
import com.clarifai.grpc.api.Model;
import com.clarifai.grpc.api.ModelVersion;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Polygon;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.Span;
import com.clarifai.grpc.api.Text;
import com.clarifai.grpc.api.TimeInfo;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Token;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.Worker;
import com.clarifai.grpc.api.Workflow;
import com.clarifai.grpc.api.WorkflowVersion;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Annotations of every kind, by people, models and workflows; each a function of seed, input and place on the input. */
final class SampleAnnotations {

    /** What an annotation is, as it is counted. */
    enum Kind {
        BOUNDING_BOX,
        POLYGON,
        MASK_BASE64,
        MASK_URL,
        POINT,
        KEYPOINTS,
        SEVERAL_REGIONS,
        CLASSIFICATION,
        CAPTION,
        SPAN,
        TOKEN,
        FRAMES,
        TIME_SEGMENTS
    }

    private static final List<Kind> ON_IMAGE = List.of(
            Kind.BOUNDING_BOX,
            Kind.POLYGON,
            Kind.MASK_BASE64,
            Kind.MASK_URL,
            Kind.POINT,
            Kind.KEYPOINTS,
            Kind.SEVERAL_REGIONS,
            Kind.CLASSIFICATION,
            Kind.CAPTION);
    private static final List<Kind> ON_TEXT = List.of(Kind.SPAN, Kind.TOKEN, Kind.CLASSIFICATION);
    private static final List<Kind> ON_VIDEO = List.of(Kind.FRAMES, Kind.TIME_SEGMENTS, Kind.CLASSIFICATION);
    private static final List<Kind> ON_AUDIO = List.of(Kind.TIME_SEGMENTS, Kind.CLASSIFICATION);

    /** Done, done, pending, failed, ANNOTATION_PERMISSION_DENIED, awaiting review; more of the first. */
    private static final int[] STATUSES = {24150, 24150, 24150, 24150, 24150, 24150, 24151, 24152, 24155, 24157};

    private static final int MASKS = 16;
    /** Not a multiple of a second, so that fractions occur; places of one input never meet those of another. */
    private static final long STEP_MICROS = 1_000_003;

    private static final long MOST_CHANGE_MICROS = 20L * 24 * 3600 * 1_000_000;

    private final long seed;
    private final String userId;
    private final URI images;
    private final List<ByteString> masks = new ArrayList<>();

    SampleAnnotations(long seed, String userId, URI images) throws IOException {
        this.seed = seed;
        this.userId = userId;
        this.images = images;
        for (int i = 0; i < MASKS; i++) {
            masks.add(ByteString.copyFrom(new NumberedPicture(i * 0x0101_0101L, 64, 64, "png").bytes()));
        }
    }

    static Kind kind(Annotation annotation) {
        Data data = annotation.getData();
        if (data.getRegionsCount() > 1) {
            return Kind.SEVERAL_REGIONS;
        }
        if (data.getRegionsCount() == 1) {
            RegionInfo info = data.getRegions(0).getRegionInfo();
            if (info.hasBoundingBox()) {
                return Kind.BOUNDING_BOX;
            }
            if (info.hasPolygon()) {
                return Kind.POLYGON;
            }
            if (info.hasMask()) {
                return info.getMask().getImage().getUrl().isEmpty() ? Kind.MASK_BASE64 : Kind.MASK_URL;
            }
            if (info.hasPoint()) {
                return Kind.POINT;
            }
            if (info.hasSpan()) {
                return Kind.SPAN;
            }
            return info.hasToken() ? Kind.TOKEN : Kind.KEYPOINTS;
        }
        if (data.getFramesCount() > 0) {
            return Kind.FRAMES;
        }
        if (data.getTimeSegmentsCount() > 0) {
            return Kind.TIME_SEGMENTS;
        }
        return data.hasText() ? Kind.CAPTION : Kind.CLASSIFICATION;
    }

    /** How long after its input the annotation at a place (from 0) is made, in microseconds. */
    static long delay(int place) {
        return (place + 1) * STEP_MICROS;
    }

    /** @param made time of its creation in microseconds since 1970 */
    Annotation annotation(String inputId, long number, int place, long made) {
        SplittableRandom random = new SplittableRandom((seed * 1_000_003 + number) * 1_000_003 + place);
        List<Kind> kinds =
                switch (SampleInputs.kind(number)) {
                    case TEXT -> ON_TEXT;
                    case VIDEO -> ON_VIDEO;
                    case AUDIO -> ON_AUDIO;
                    case URL_IMAGE, IMAGE -> ON_IMAGE;
                };
        long changed = random.nextInt(4) == 0 ? made + random.nextLong(MOST_CHANGE_MICROS) : made;
        Annotation.Builder annotation = Annotation.newBuilder()
                .setId("note-" + place + "-" + inputId)
                .setInputId(inputId)
                .setData(data(kinds.get(random.nextInt(kinds.size())), number, random))
                .setStatus(Statuses.of(STATUSES[random.nextInt(STATUSES.length)]))
                .setCreatedAt(Times.ofMicros(made))
                .setModifiedAt(Times.ofMicros(changed));
        sign(annotation, random.nextInt(10));
        return annotation.build();
    }

    /** The deprecated fields too, which older clients read. */
    @SuppressWarnings("deprecation")
    private void sign(Annotation.Builder annotation, int choice) {
        switch (choice) {
            case 0 ->
                annotation.setWorker(Worker.newBuilder()
                        .setModel(Model.newBuilder()
                                .setId("general-image-detection")
                                .setModelVersion(ModelVersion.newBuilder().setId("m1"))));
            case 1 ->
                annotation.setWorker(Worker.newBuilder()
                        .setWorkflow(Workflow.newBuilder()
                                .setId("auto-annotation")
                                .setVersion(WorkflowVersion.newBuilder().setId("w1"))));
            case 2, 3 -> sign(annotation, "anna");
            case 4 -> sign(annotation, "ben");
            default -> sign(annotation, userId);
        }
    }

    @SuppressWarnings("deprecation")
    private static void sign(Annotation.Builder annotation, String user) {
        annotation
                .setUserId(user)
                .setTrusted(true)
                .setWorker(Worker.newBuilder().setUser(User.newBuilder().setId(user)));
    }

    private Data data(Kind kind, long number, SplittableRandom random) {
        Data.Builder data = Data.newBuilder();
        switch (kind) {
            case CLASSIFICATION -> classify(data, random);
            case CAPTION -> data.setText(Text.newBuilder().setRaw("A caption – \"" + number + "\", isn't it? 猫"));
            case SEVERAL_REGIONS ->
                data.addRegions(region(Kind.BOUNDING_BOX, 1, random))
                        .addRegions(region(Kind.POLYGON, 2, random))
                        .addRegions(region(Kind.POINT, 3, random));
            case FRAMES -> {
                for (int i = 0; i < 3; i++) {
                    data.addFrames(Frame.newBuilder()
                            .setId("frame-" + i)
                            .setFrameInfo(
                                    FrameInfo.newBuilder().setIndex(i * 25).setTime(i * 1000))
                            .setData(Data.newBuilder().addRegions(region(Kind.BOUNDING_BOX, i, random))));
                }
            }
            case TIME_SEGMENTS -> {
                Data.Builder label = Data.newBuilder();
                classify(label, random);
                data.addTimeSegments(TimeSegment.newBuilder()
                        .setId("segment-1")
                        .setTimeInfo(TimeInfo.newBuilder()
                                .setNumFrames(25)
                                .setBeginTime(random.nextInt(3))
                                .setEndTime(3 + (float) random.nextDouble()))
                        .setData(label));
            }
            default -> data.addRegions(region(kind, 1, random));
        }
        return data.build();
    }

    /** Values 1, 0 and between. */
    private static void classify(Data.Builder data, SplittableRandom random) {
        float value =
                switch (random.nextInt(3)) {
                    case 0 -> 0f;
                    case 1 -> 1f;
                    default -> (float) random.nextDouble();
                };
        data.addConcepts(SampleInputs.concept(random.nextInt(1000), value));
    }

    private Region region(Kind kind, int id, SplittableRandom random) {
        RegionInfo.Builder info = RegionInfo.newBuilder();
        switch (kind) {
            case BOUNDING_BOX ->
                info.setBoundingBox(BoundingBox.newBuilder()
                        .setTopRow(edge(random, 0))
                        .setLeftCol(edge(random, 0))
                        .setBottomRow(edge(random, 0.5f))
                        .setRightCol(edge(random, 0.5f)));
            case POLYGON -> info.setPolygon(Polygon.newBuilder().addAllPoints(points(4, random)));
            case MASK_BASE64 ->
                info.setMask(
                        Mask.newBuilder().setImage(Image.newBuilder().setBase64(masks.get(random.nextInt(MASKS)))));
            case MASK_URL ->
                info.setMask(Mask.newBuilder()
                        .setImage(Image.newBuilder()
                                .setUrl(images + "/generated/" + random.nextInt(1_000_000) + ".jpg")));
            case POINT -> info.setPoint(point(random));
            case KEYPOINTS -> info.addAllKeypointLocations(points(5, random));
            case SPAN ->
                info.setSpan(Span.newBuilder().setCharStart(0).setCharEnd(3).setRawText("Nr."));
            case TOKEN ->
                info.setToken(Token.newBuilder().setCharStart(0).setCharEnd(3).setRawText("Nr."));
            default -> throw new IllegalArgumentException(kind + " is no region");
        }
        Data.Builder label = Data.newBuilder();
        classify(label, random);
        return Region.newBuilder()
                .setId("region-" + id)
                .setRegionInfo(info)
                .setData(label)
                .setValue(1f)
                .build();
    }

    /** A coordinate in one half; every fourth time the outermost one. */
    private static float edge(SplittableRandom random, float from) {
        if (random.nextInt(4) == 0) {
            return from == 0 ? 0f : 1f;
        }
        return from + (float) random.nextDouble() / 2;
    }

    private static List<Point> points(int count, SplittableRandom random) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(point(random));
        }
        return points;
    }

    private static Point point(SplittableRandom random) {
        Point.Visibility[] visibilities = {
            Point.Visibility.NOT_SET,
            Point.Visibility.VISIBLE,
            Point.Visibility.NOT_VISIBLE,
            Point.Visibility.NOT_PRESENT
        };
        return Point.newBuilder()
                .setRow(edge(random, 0))
                .setCol(edge(random, 0.5f))
                .setVisibility(visibilities[random.nextInt(visibilities.length)])
                .build();
    }
}
