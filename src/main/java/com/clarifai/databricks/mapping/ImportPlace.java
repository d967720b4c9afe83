package com.clarifai.databricks.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The column {@code geopoints}: longitude, then latitude, in degrees.
 *
 * @param longitude -180 to 180
 * @param latitude -90 to 90
 */
record ImportPlace(Double longitude, Double latitude) {

    private static final int MAX_LONGITUDE = 180;
    private static final int MAX_LATITUDE = 90;

    /**
     * @param value {@code "longitude,latitude"}, with or without brackets; a list or struct of the two in this order; or
     *     a map of the two by name
     * @return null when there is none
     * @throws RefusedValueException when it is not two numbers, or not on the map
     */
    static ImportPlace parse(Object value) {
        Object plain = SqlValues.plain(value);
        List<?> numbers;
        if (plain instanceof Map<?, ?> map) {
            numbers = Arrays.asList(map.get("longitude"), map.get("latitude"));
        } else if (plain instanceof List<?> list) {
            numbers = list;
        } else {
            String text = SqlValues.text(plain);
            if (text == null) {
                return null;
            }
            numbers = Arrays.asList(withoutBrackets(text).split(",", -1));
        }
        if (numbers.size() != 2) {
            throw new RefusedValueException("not \"longitude,latitude\"", value);
        }
        return new ImportPlace(
                degrees("longitude", numbers.get(0), MAX_LONGITUDE), degrees("latitude", numbers.get(1), MAX_LATITUDE));
    }

    private static String withoutBrackets(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]") || text.startsWith("(") && text.endsWith(")");
        return bracketed && text.length() > 1 ? text.substring(1, text.length() - 1) : text;
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
