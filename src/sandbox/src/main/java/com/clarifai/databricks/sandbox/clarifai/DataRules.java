package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.RegionInfo;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.HashSet;
import java.util.Set;

/** What data must keep to wherever it is posted. */
final class DataRules {

    private DataRules() {}

    static void check(Data data) {
        Set<String> seen = new HashSet<>();
        for (Concept concept : data.getConceptsList()) {
            if (concept.getId().isEmpty()) {
                throw new Refusal(StatusCode.CONCEPTS_INVALID_REQUEST, "a concept without id");
            }
            if (!seen.add(concept.getId())) {
                throw new Refusal(StatusCode.CONCEPTS_INVALID_REQUEST, "duplicate concept '" + concept.getId() + "'");
            }
        }
        if (data.getGeo().hasGeoPoint()) {
            GeoPoint point = data.getGeo().getGeoPoint();
            if (!(Math.abs(point.getLongitude()) <= 180) || !(Math.abs(point.getLatitude()) <= 90)) {
                throw new Refusal(
                        StatusCode.INPUT_INVALID_ARGUMENT, "longitude is -180 to 180, latitude -90 to 90 degrees");
            }
        }
        data.getRegionsList().forEach(region -> {
            check(region.getRegionInfo());
            check(region.getData());
        });
        data.getFramesList().forEach(frame -> check(frame.getData()));
        data.getTimeSegmentsList().forEach(segment -> check(segment.getData()));
    }

    /** Edges and points are documented as fractions of the picture. */
    private static void check(RegionInfo region) {
        if (region.hasBoundingBox()) {
            BoundingBox box = region.getBoundingBox();
            checkFractions(box.getTopRow(), box.getLeftCol(), box.getBottomRow(), box.getRightCol());
        }
        if (region.hasPoint()) {
            checkFractions(region.getPoint().getRow(), region.getPoint().getCol());
        }
        region.getPolygon().getPointsList().forEach(point -> checkFractions(point.getRow(), point.getCol()));
    }

    private static void checkFractions(float... coordinates) {
        for (float coordinate : coordinates) {
            if (!(coordinate >= 0 && coordinate <= 1)) {
                throw new Refusal(
                        StatusCode.ANNOTATION_INVALID_ARGUMENT, coordinate + " is not within the picture, 0 to 1");
            }
        }
    }
}
