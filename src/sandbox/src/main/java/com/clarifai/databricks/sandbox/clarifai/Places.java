package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.status.StatusCode;

/** Searches by place: around a point, or in a box of which two opposite corners are given. */
final class Places {

    private static final double EARTH_KILOMETERS = 6371;
    private static final double KILOMETERS_A_MILE = 1.609344;

    private Places() {}

    static void check(Geo wanted) {
        boolean box = wanted.getGeoBoxCount() == 2;
        boolean circle = wanted.hasGeoPoint() && wanted.getGeoLimit().getValue() > 0;
        if (!box && !circle) {
            throw new Refusal(
                    StatusCode.SEARCH_INVALID_REQUEST, "geo needs a point with a limit, or a box of two points");
        }
        if (circle) {
            radians(wanted);
        }
    }

    static boolean isThere(Geo place, Geo wanted) {
        if (!place.hasGeoPoint()) {
            return false;
        }
        GeoPoint point = place.getGeoPoint();
        if (wanted.getGeoBoxCount() == 2) {
            GeoPoint one = wanted.getGeoBox(0).getGeoPoint();
            GeoPoint other = wanted.getGeoBox(1).getGeoPoint();
            return isBetween(point.getLongitude(), one.getLongitude(), other.getLongitude())
                    && isBetween(point.getLatitude(), one.getLatitude(), other.getLatitude());
        }
        return angle(point, wanted.getGeoPoint()) <= radians(wanted);
    }

    private static boolean isBetween(float value, float one, float other) {
        return value >= Math.min(one, other) && value <= Math.max(one, other);
    }

    private static double radians(Geo wanted) {
        double value = wanted.getGeoLimit().getValue();
        return switch (wanted.getGeoLimit().getType()) {
            case "withinKilometers" -> value / EARTH_KILOMETERS;
            case "withinMiles", "" -> value * KILOMETERS_A_MILE / EARTH_KILOMETERS;
            case "withinDegrees" -> Math.toRadians(value);
            case "withinRadians" -> value;
            default ->
                throw new Refusal(
                        StatusCode.SEARCH_INVALID_REQUEST,
                        "no such geo limit: " + wanted.getGeoLimit().getType());
        };
    }

    /** Between two points as seen from the middle of the earth, by the haversine formula. */
    private static double angle(GeoPoint one, GeoPoint other) {
        double latitudes = Math.toRadians((double) other.getLatitude() - one.getLatitude());
        double longitudes = Math.toRadians((double) other.getLongitude() - one.getLongitude());
        double half = Math.pow(Math.sin(latitudes / 2), 2)
                + Math.cos(Math.toRadians(one.getLatitude()))
                        * Math.cos(Math.toRadians(other.getLatitude()))
                        * Math.pow(Math.sin(longitudes / 2), 2);
        return 2 * Math.asin(Math.sqrt(half));
    }
}
