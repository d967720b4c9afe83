package com.clarifai.databricks.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The column {@code geopoints}: longitude, then latitude, in degrees.
 *
 * @param longitude -180 to 180
 * @param latitude -90 to 90
 */
record ImportPlace(Double longitude, Double latitude) {

    private static final int MAX_LONGITUDE = 180;
    private static final int MAX_LATITUDE = 90;

    /** Well-known text, as {@code ST_AsText} of SQL gives it: longitude first, too. */
    private static final Pattern POINT = Pattern.compile("(?i)POINT\\s*\\(([^()]*+)\\)");

    private static final Pattern LITERAL = Pattern.compile("[\\[{(\"']|[A-Za-z_][\\w.]*\\(");

    /**
     * @param value {@code "longitude,latitude"}, with or without brackets; a list or struct of the two in this order; a
     *     map of the two by name, or with a GeoJSON point's {@code coordinates}; or {@code POINT (longitude latitude)}
     * @return null when there is none
     * @throws RefusedValueException when it is not two numbers, or not on the map
     */
    static ImportPlace parse(Object value) {
        List<?> numbers = numbers(SqlValues.plain(value), value);
        if (numbers.stream().allMatch(MissingValues::isMissing)) {
            return null;
        }
        if (numbers.size() != 2) {
            throw new RefusedValueException("not \"longitude,latitude\"", value);
        }
        return new ImportPlace(
                degrees("longitude", numbers.get(0), MAX_LONGITUDE), degrees("latitude", numbers.get(1), MAX_LATITUDE));
    }

    private static List<?> numbers(Object value, Object given) {
        if (value instanceof Map<?, ?> map) {
            return map.get("coordinates") instanceof List<?> coordinates && "Point".equals(map.get("type"))
                    ? coordinates
                    : Arrays.asList(named(map, "longitude", given), named(map, "latitude", given));
        }
        if (value instanceof List<?> list) {
            return list;
        }
        String text = SqlValues.text(value);
        if (text == null) {
            return List.of();
        }
        Matcher point = POINT.matcher(text);
        if (point.matches()) {
            return Arrays.asList(point.group(1).strip().split("\\s+"));
        }
        if (!LITERAL.matcher(text).lookingAt()) {
            return Arrays.asList(text.split(",", -1));
        }
        Object parsed = ImportJson.parse(text);
        if (parsed instanceof List<?> || parsed instanceof Map<?, ?>) {
            return numbers(parsed, given);
        }
        return Arrays.asList(String.valueOf(parsed).split(",", -1));
    }

    private static Object named(Map<?, ?> map, String name, Object given) {
        if (!map.containsKey(name)) {
            throw new RefusedValueException("no " + name, given);
        }
        return map.get(name);
    }

    /** @throws IllegalArgumentException when there is no such place */
    static void check(double longitude, double latitude) {
        if (Math.abs(longitude) > MAX_LONGITUDE || Math.abs(latitude) > MAX_LATITUDE) {
            throw new IllegalArgumentException("no such place: longitude " + longitude + ", latitude " + latitude);
        }
    }

    private static Double degrees(String name, Object value, int limit) {
        String text = SqlValues.text(value);
        if (text == null || !Decimals.isDecimal(text)) {
            throw new RefusedValueException("the " + name + " is not a number", value);
        }
        double degrees = Double.parseDouble(text);
        if (Math.abs(degrees) > limit) {
            throw new RefusedValueException("the " + name + " is not within -" + limit + " and " + limit, value);
        }
        return degrees;
    }
}
