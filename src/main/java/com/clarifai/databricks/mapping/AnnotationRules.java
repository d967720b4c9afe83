package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.TimeSegment;
import com.clarifai.grpc.api.Track;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What annotations keep to before they are sent. All numbers are finite, values of concepts are 0 to 1, places are on the
 * map, and shapes are within the picture ({@link RegionShape}). Shapes in pixels become fractions when the size of the
 * picture is known.
 */
public final class AnnotationRules {

    private AnnotationRules() {}

    /**
     * @return the same annotations, kept to the rules
     * @throws IllegalArgumentException with the number of the annotation and what is wrong with it
     */
    public static List<Data> apply(List<Data> annotations) {
        return apply(annotations, Optional::empty);
    }

    /** @param size of the picture, asked for when shapes are in pixels */
    static List<Data> apply(List<Data> annotations, Supplier<Optional<PictureSize>> size) {
        List<Data.Builder> builders = annotations.stream().map(Data::toBuilder).toList();
        numbered(annotations, data -> checkFinite(data, ""));
        numbered(builders, data -> walk(data, AnnotationRules::checkValues));
        List<RegionShape> shapes = shapes(builders);
        if (shapes.stream().anyMatch(RegionShape::isInPixels)) {
            scale(shapes, size.get());
        }
        numbered(builders, data -> shapes(List.of(data)).forEach(RegionShape::check));
        return builders.stream().map(Data.Builder::build).toList();
    }

    private static void scale(List<RegionShape> shapes, Optional<PictureSize> size) {
        PictureSize known = size.orElseThrow(() -> new IllegalArgumentException(
                "boxes or points beyond 1, the edge of the picture; if they are in pixels, say the picture's size"
                        + " in the"
                        + " columns width and height"));
        if (!shapes.stream().allMatch(RegionShape::isInPixels)) {
            throw new IllegalArgumentException("some boxes or points are in pixels and others within 0 and 1");
        }
        shapes.forEach(shape -> shape.scale(known));
    }

    private static List<RegionShape> shapes(List<Data.Builder> annotations) {
        List<RegionShape> shapes = new ArrayList<>();
        annotations.forEach(annotation -> walk(annotation, data -> data.getRegionsBuilderList().stream()
                .filter(Region.Builder::hasRegionInfo)
                .map(region -> new RegionShape(region.getRegionInfoBuilder()))
                .filter(shape -> !shape.isEmpty())
                .forEach(shapes::add)));
        return shapes;
    }

    /** Regions, frames, segments and tracks have data of their own. */
    private static void walk(Data.Builder data, Consumer<Data.Builder> visitor) {
        visitor.accept(data);
        data.getRegionsBuilderList().stream()
                .filter(Region.Builder::hasData)
                .forEach(region -> walk(region.getDataBuilder(), visitor));
        data.getFramesBuilderList().stream()
                .filter(Frame.Builder::hasData)
                .forEach(frame -> walk(frame.getDataBuilder(), visitor));
        data.getTimeSegmentsBuilderList().stream()
                .filter(TimeSegment.Builder::hasData)
                .forEach(segment -> walk(segment.getDataBuilder(), visitor));
        data.getTracksBuilderList().stream()
                .filter(Track.Builder::hasData)
                .forEach(track -> walk(track.getDataBuilder(), visitor));
    }

    private static void checkValues(Data.Builder data) {
        for (Concept concept : data.getConceptsList()) {
            if (concept.getValue() < 0 || concept.getValue() > 1) {
                throw new IllegalArgumentException("the value " + concept.getValue() + " of the concept "
                        + (concept.getId().isEmpty() ? concept.getName() : concept.getId()) + " is not from 0 to 1");
            }
        }
        if (data.getGeo().hasGeoPoint()) {
            GeoPoint point = data.getGeo().getGeoPoint();
            ImportPlace.check(point.getLongitude(), point.getLatitude());
        }
    }

    private static void checkFinite(Object value, String path) {
        if (value instanceof Message message) {
            message.getAllFields().forEach((field, content) -> checkFinite(content, path + "." + field.getName()));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                checkFinite(items.get(i), path + "[" + i + "]");
            }
        } else if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(path.substring(1) + " is " + number + " and not a number");
            }
        }
    }

    private static <T> void numbered(List<T> annotations, Consumer<T> check) {
        for (int i = 0; i < annotations.size(); i++) {
            try {
                check.accept(annotations.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("annotation " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
    }
}
