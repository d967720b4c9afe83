package com.clarifai.databricks.mapping;

import com.clarifai.databricks.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The column {@code metadata}: a JSON object or a Python dict as text, or a map. Numbers keep all their digits here, {@link
 * Structs} sends those as text that Clarifai's numbers would change. NaN, a missing number, becomes null.
 */
final class ImportMetadata {

    /** A protobuf struct three messages a level within the 100 that protobuf parsers take. */
    private static final int MAX_DEPTH = 32;

    private ImportMetadata() {}

    /**
     * @param value from a file or from JDBC
     * @return the text of a JSON object, or null when there is none
     * @throws RefusedValueException when it is not an object, or holds an infinity or a number beyond a double's range
     */
    @SuppressWarnings("unchecked")
    static String parse(Object value) {
        if (value instanceof String text && text.isBlank()) {
            return null;
        }
        Object object = value instanceof String text ? ImportJson.parse(text) : value;
        if (object == null) {
            return null;
        }
        if (!(jsonValue(SqlValues.plain(object), 0) instanceof Map<?, ?> map)) {
            throw new RefusedValueException("not a JSON object", value);
        }
        return JsonText.of((Map<String, Object>) map);
    }

    /** What JSON has no type for, such as the times of a table, becomes text. */
    private static Object jsonValue(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RefusedValueException("nested more than " + MAX_DEPTH + " levels deep");
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((name, item) -> object.put(String.valueOf(name), jsonValue(item, depth + 1)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            List<Object> array = new ArrayList<>(items.size());
            items.forEach(item -> array.add(jsonValue(item, depth + 1)));
            return array;
        }
        if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            if (Double.isNaN(number.doubleValue())) {
                return null;
            }
            throw new RefusedValueException("a number that JSON does not have", value);
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
