package com.clarifai.databricks.mapping;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as JDBC gives them: arrays and structs as lists, numbers as the text that identifies them. */
final class SqlValues {

    /** No double needs more places, and {@code 1e999999999} must not be written out. */
    private static final int MAX_PLACES = 400;

    private SqlValues() {}

    /** Arrays and structs (their attributes in order) become lists, at every level; anything else stays. */
    static Object plain(Object value) {
        try {
            if (value instanceof Array array) {
                return plain(array.getArray());
            }
            if (value instanceof Struct struct) {
                return plain(struct.getAttributes());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The value of a column cannot be read: " + e.getMessage(), e);
        }
        if (value instanceof Object[] items) {
            return plain(Arrays.asList(items));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(SqlValues::plain).collect(Collectors.toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        return value;
    }

    /** Stripped text, whole numbers without a fraction; null when there is none. */
    static String text(Object value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof Double || value instanceof Float || value instanceof BigDecimal
                ? decimal(value.toString())
                : Surroundings.strip(value.toString());
        return text.isEmpty() ? null : text;
    }

    private static String decimal(String number) {
        try {
            BigDecimal decimal = new BigDecimal(number);
            if (decimal.signum() == 0) {
                return "0";
            }
            BigDecimal shortest = decimal.stripTrailingZeros();
            return Math.abs((long) shortest.scale()) > MAX_PLACES ? number : shortest.toPlainString();
        } catch (NumberFormatException e) {
            // NaN and the infinities
            return number;
        }
    }
}
