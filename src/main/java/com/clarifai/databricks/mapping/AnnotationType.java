package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of annotation it is: the value of the column {@code annotation_type}, in lower case. */
public enum AnnotationType {
    /** Regions that are rectangles. */
    BOUNDING_BOX,
    /** Regions that are polygons. */
    POLYGON,
    /** Regions that are segmentation masks. */
    MASK,
    /** Regions that are one point each. */
    POINT,
    /** Regions that are several points each, such as the joints of a body. */
    KEYPOINTS,
    /** Regions that are passages of a text. */
    SPAN,
    /** Regions that are words of a text. */
    TOKEN,
    /** Regions of no known shape. */
    REGION,
    /** Single frames of a video. */
    FRAME,
    /** Segments of a video or an audio. */
    TIME_SEGMENT,
    /** Objects that are followed through a video. */
    TRACK,
    /** More than one of the above. */
    MIXED,
    /** None of the above: concepts that hold for the whole input. */
    CLASSIFICATION,
    /** None of the above: a text about the input, such as a caption or a transcript. */
    TEXT,
    /** None of the above: metadata. */
    METADATA,
    /** None of the above: a place. */
    GEO,
    /** None of the above: nothing but the input itself, as it was posted. */
    INPUT,
    /** None of the above: what models derive, such as embeddings, clusters, colors, heatmaps. */
    OTHER,
    /** No data at all. */
    NONE;

    /** The value of the column. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of the annotation as a whole. */
    public static AnnotationType of(Annotation annotation) {
        Data data = annotation.getData();
        Set<AnnotationType> parts = Stream.of(
                        data.getRegionsList().stream().map(AnnotationType::of),
                        data.getFramesList().stream().map(frame -> FRAME),
                        data.getTimeSegmentsList().stream().map(segment -> TIME_SEGMENT),
                        data.getTracksList().stream().map(track -> TRACK))
                .flatMap(types -> types)
                .collect(Collectors.toSet());
        if (!parts.isEmpty()) {
            return parts.size() == 1 ? parts.iterator().next() : MIXED;
        }
        if (data.getConceptsCount() > 0) {
            return CLASSIFICATION;
        }
        if (data.hasText() && !annotation.getInputLevel()) {
            return TEXT;
        }
        if (data.hasMetadata()) {
            return METADATA;
        }
        if (data.hasGeo()) {
            return GEO;
        }
        if (data.hasImage() || data.hasVideo() || data.hasAudio() || data.hasText()) {
            return INPUT;
        }
        return data.equals(Data.getDefaultInstance()) ? NONE : OTHER;
    }

    /** The type of a region; a box around another shape is not counted. */
    public static AnnotationType of(Region region) {
        RegionInfo info = region.getRegionInfo();
        if (info.hasMask()) {
            return MASK;
        }
        if (info.hasPolygon()) {
            return POLYGON;
        }
        if (info.getKeypointLocationsCount() > 0) {
            return KEYPOINTS;
        }
        if (info.hasPoint()) {
            return POINT;
        }
        if (info.hasSpan()) {
            return SPAN;
        }
        if (info.hasToken()) {
            return TOKEN;
        }
        return info.hasBoundingBox() ? BOUNDING_BOX : REGION;
    }
}
