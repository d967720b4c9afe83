package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Point;
import com.clarifai.grpc.api.RegionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The box, or the points of a region. Rows go down, columns to the right, as fractions of the picture from 0 to 1.
 */
final class RegionShape {

    /** What rounding may put outside of the picture: it is taken back to the edge. */
    private static final float ROUNDING = 0.0001f;

    private static final int MIN_CORNERS = 3;

    private final RegionInfo.Builder region;

    RegionShape(RegionInfo.Builder region) {
        this.region = region;
    }

    /** Whether it reaches so far beyond 1 that it cannot be fractions. */
    boolean isInPixels() {
        return coordinates().anyMatch(value -> value > 1 + ROUNDING);
    }

    boolean isEmpty() {
        return coordinates().findAny().isEmpty();
    }

    private Stream<Float> coordinates() {
        Stream<Float> edges = Stream.empty();
        if (region.hasBoundingBox()) {
            BoundingBox box = region.getBoundingBox();
            edges = Stream.of(box.getTopRow(), box.getLeftCol(), box.getBottomRow(), box.getRightCol());
        }
        return Stream.concat(edges, points().stream().flatMap(point -> Stream.of(point.getRow(), point.getCol())));
    }

    /** Those that are in the picture: a keypoint may be marked as not being there. */
    private List<Point.Builder> points() {
        List<Point.Builder> points = new ArrayList<>(region.getKeypointLocationsBuilderList());
        points.removeIf(point -> point.getVisibility() == Point.Visibility.NOT_PRESENT);
        if (region.hasPoint()) {
            points.add(region.getPointBuilder());
        }
        if (region.hasPolygon()) {
            points.addAll(region.getPolygonBuilder().getPointsBuilderList());
        }
        return points;
    }

    /** Turns pixels into fractions. */
    void scale(PictureSize size) {
        UnaryOperator<Float> row = value -> (float) ((double) value / size.height());
        UnaryOperator<Float> col = value -> (float) ((double) value / size.width());
        change(row, col);
    }

    /** @throws IllegalArgumentException when it is not within the picture, or a box has no area */
    void check() {
        change(value -> withinPicture("row", value), value -> withinPicture("column", value));
        if (region.hasBoundingBox()) {
            check(region.getBoundingBox());
        }
        if (region.hasPolygon() && region.getPolygon().getPointsCount() < MIN_CORNERS) {
            throw new IllegalArgumentException(
                    "a polygon of " + region.getPolygon().getPointsCount() + " points");
        }
    }

    private void change(UnaryOperator<Float> row, UnaryOperator<Float> col) {
        if (region.hasBoundingBox()) {
            BoundingBox.Builder box = region.getBoundingBoxBuilder();
            box.setTopRow(row.apply(box.getTopRow()))
                    .setLeftCol(col.apply(box.getLeftCol()))
                    .setBottomRow(row.apply(box.getBottomRow()))
                    .setRightCol(col.apply(box.getRightCol()));
        }
        points().forEach(point -> point.setRow(row.apply(point.getRow())).setCol(col.apply(point.getCol())));
    }

    private static float withinPicture(String name, float value) {
        if (value < -ROUNDING || value > 1 + ROUNDING) {
            throw new IllegalArgumentException("the " + name + " " + value + " is outside of the picture, 0 to 1");
        }
        return Math.min(1, Math.max(0, value));
    }

    private static void check(BoundingBox box) {
        boolean turned = box.getTopRow() > box.getBottomRow() || box.getLeftCol() > box.getRightCol();
        if (turned) {
            throw new IllegalArgumentException("a box whose top_row " + box.getTopRow() + " or left_col "
                    + box.getLeftCol() + " is beyond its bottom_row " + box.getBottomRow() + " or right_col "
                    + box.getRightCol());
        }
        if (box.getTopRow() == box.getBottomRow() || box.getLeftCol() == box.getRightCol()) {
            throw new IllegalArgumentException("a box without area, from row " + box.getTopRow() + " to "
                    + box.getBottomRow() + " and from column " + box.getLeftCol() + " to " + box.getRightCol());
        }
    }
}
