package com.clarifai.databricks.mapping;

import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION;
import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION_CREATED_AT;
import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION_ID;
import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION_MODIFIED_AT;
import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION_TYPE;
import static com.clarifai.databricks.model.AnnotationColumns.ANNOTATION_USER_ID;
import static com.clarifai.databricks.model.AnnotationColumns.APP_ID;
import static com.clarifai.databricks.model.AnnotationColumns.CONCEPTS;
import static com.clarifai.databricks.model.AnnotationColumns.DATASET_ID;
import static com.clarifai.databricks.model.AnnotationColumns.INPUT_ID;
import static com.clarifai.databricks.model.AnnotationColumns.INPUT_LEVEL;
import static com.clarifai.databricks.model.AnnotationColumns.REGIONS;
import static com.clarifai.databricks.model.AnnotationColumns.STATUS_CODE;
import static com.clarifai.databricks.model.AnnotationColumns.USER_ID;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Track;
import com.clarifai.grpc.api.Worker;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Annotations of Clarifai as rows of the annotations table.
 *
 * <p>{@code annotation} is the JSON of the whole data ({@link AnnotationData}) without what models derive and what
 * makes it large: embeddings, clusters, colors, heatmaps, hits. The other columns help to query it. {@code annotation_type} is
 * an {@link AnnotationType}. {@code concepts} and {@code regions} are those of the annotation itself; what belongs to a
 * frame, a time segment or a track of a video is in the JSON only, since without its time it would mislead. Edges and
 * points are float32 from 0 to 1.
 */
public final class AnnotationRows {

    private AnnotationRows() {}

    /** @param datasetId the dataset through which the input was found; may be null */
    public static Map<String, Object> toRow(Annotation annotation, String userId, String appId, String datasetId) {
        Data data = annotation.getData();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(ANNOTATION_ID, annotation.getId());
        row.put(ANNOTATION, AnnotationData.json(withoutDerived(data)));
        row.put(ANNOTATION_USER_ID, annotator(annotation));
        row.put(INPUT_ID, annotation.getInputId());
        row.put(ANNOTATION_CREATED_AT, annotation.hasCreatedAt() ? ClarifaiTime.of(annotation.getCreatedAt()) : null);
        row.put(
                ANNOTATION_MODIFIED_AT,
                annotation.hasModifiedAt() ? ClarifaiTime.of(annotation.getModifiedAt()) : null);
        row.put(ANNOTATION_TYPE, AnnotationType.of(annotation).toString());
        row.put(INPUT_LEVEL, annotation.getInputLevel());
        row.put(CONCEPTS, InputRows.concepts(data));
        row.put(
                REGIONS,
                data.getRegionsList().stream().map(AnnotationRows::region).toList());
        row.put(STATUS_CODE, annotation.getStatus().getCodeValue());
        row.put(USER_ID, userId);
        row.put(APP_ID, appId);
        row.put(DATASET_ID, datasetId);
        return row;
    }

    /** Older annotations have but the deprecated {@code user_id}. Models and workflows annotate, too. */
    @SuppressWarnings("deprecation")
    private static String annotator(Annotation annotation) {
        Worker worker = annotation.getWorker();
        return Stream.of(
                        annotation.getUserId(),
                        worker.getUser().getId(),
                        worker.getModel().getId(),
                        worker.getWorkflow().getId())
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Data withoutDerived(Data data) {
        Data.Builder compact = data.toBuilder()
                .clearEmbeddings()
                .clearClusters()
                .clearColors()
                .clearHeatmaps()
                .clearHits();
        compact.getRegionsBuilderList().stream()
                .filter(Region.Builder::hasData)
                .forEach(region -> region.setData(withoutDerived(region.getData())));
        compact.getFramesBuilderList().stream()
                .filter(Frame.Builder::hasData)
                .forEach(frame -> frame.setData(withoutDerived(frame.getData())));
        compact.getTimeSegmentsBuilderList().stream()
                .filter(TimeSegment.Builder::hasData)
                .forEach(segment -> segment.setData(withoutDerived(segment.getData())));
        compact.getTracksBuilderList().stream()
                .filter(Track.Builder::hasData)
                .forEach(track -> track.setData(withoutDerived(track.getData())));
        return compact.build();
    }

    private static Map<String, Object> region(Region region) {
        RegionInfo info = region.getRegionInfo();
        boolean boxed = info.hasBoundingBox();
        BoundingBox box = info.getBoundingBox();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", region.getId());
        map.put("type", AnnotationType.of(region).toString());
        map.put("top_row", boxed ? box.getTopRow() : null);
        map.put("left_col", boxed ? box.getLeftCol() : null);
        map.put("bottom_row", boxed ? box.getBottomRow() : null);
        map.put("right_col", boxed ? box.getRightCol() : null);
        map.put("points", points(info).map(AnnotationRows::point).toList());
        map.put("mask", mask(info.getMask().getImage()));
        map.put("concepts", InputRows.concepts(region.getData()));
        return map;
    }

    private static Stream<Point> points(RegionInfo info) {
        Stream<Point> single = info.hasPoint() ? Stream.of(info.getPoint()) : Stream.empty();
        return Stream.of(info.getPolygon().getPointsList().stream(), info.getKeypointLocationsList().stream(), single)
                .flatMap(points -> points);
    }

    private static Map<String, Object> point(Point point) {
        return Map.of("row", point.getRow(), "col", point.getCol());
    }

    /** Where the mask's image is, or else the image itself in Base64. */
    private static String mask(Image image) {
        if (!image.getUrl().isEmpty()) {
            return image.getUrl();
        }
        if (!image.getBase64().isEmpty()) {
            return Base64.getEncoder().encodeToString(image.getBase64().toByteArray());
        }
        return image.hasHosted() ? InputRows.original(image.getHosted()) : null;
    }
}
