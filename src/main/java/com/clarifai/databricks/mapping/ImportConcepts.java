package com.clarifai.databricks.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The column {@code concepts}: labels separated by commas, a JSON array of labels or of objects with {@code id},
 * {@code name} and {@code value}, or an SQL array of either.
 *
 * <p>A label {@code !cat}, or an object with value 0, says that the image does not show a cat. In an SQL array a struct
 * has the attributes id, name, value, in this order.
 */
final class ImportConcepts {

    private static final Float PRESENT = 1f;
    private static final Float ABSENT = 0f;

    private final ConceptIds ids;

    ImportConcepts(ConceptIds ids) {
        this.ids = ids;
    }

    /**
     * @return maps of {@code id}, {@code name} and {@code value} (Float, 0 to 1), each id once; empty without concepts
     * @throws RefusedValueException when it is none of these, or a concept is both present and absent
     */
    List<Map<String, Object>> parse(Object value) {
        Map<Object, Map<String, Object>> concepts = new LinkedHashMap<>();
        for (Object item : items(SqlValues.plain(value))) {
            Map<String, Object> concept = concept(item);
            if (concept != null) {
                Map<String, Object> before = concepts.putIfAbsent(concept.get("id"), concept);
                if (before != null && !before.get("value").equals(concept.get("value"))) {
                    throw new RefusedValueException("a concept with two values", concept.get("id"));
                }
            }
        }
        return List.copyOf(concepts.values());
    }

    private static Collection<?> items(Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> items) {
            return items;
        }
        String text = value.toString().strip();
        if (!text.startsWith("[")) {
            return Arrays.asList(text.split(","));
        }
        if (ImportJson.parse(text) instanceof Collection<?> items) {
            return items;
        }
        throw new RefusedValueException("not a list", text);
    }

    /** Null when there is nothing in the item. */
    private Map<String, Object> concept(Object item) {
        if (item instanceof Map<?, ?> object) {
            return concept(object.get("id"), object.get("name"), object.get("value"));
        }
        if (item instanceof List<?> struct) {
            if (struct.size() != 3) {
                throw new RefusedValueException("a concept is not id, name, value", item);
            }
            return concept(struct.get(0), struct.get(1), struct.get(2));
        }
        String label = SqlValues.text(item);
        if (label == null) {
            return null;
        }
        boolean absent = label.startsWith("!");
        String name = label(absent ? label.substring(1) : label);
        return concept(ids.idOf(name), name, absent ? ABSENT : PRESENT);
    }

    private Map<String, Object> concept(Object id, Object name, Object value) {
        String givenId = SqlValues.text(id);
        String givenName = SqlValues.text(name);
        if (givenId == null && givenName == null) {
            throw new RefusedValueException("a concept has neither id nor name");
        }
        String label = label(givenName == null ? givenId : givenName);
        return concept(givenId == null ? ids.idOf(label) : label(givenId), label, number(value));
    }

    private static Map<String, Object> concept(String id, String name, Float value) {
        Map<String, Object> concept = new LinkedHashMap<>();
        concept.put("id", id);
        concept.put("name", name);
        concept.put("value", value);
        return concept;
    }

    private static String label(String label) {
        String stripped = label.strip();
        if (stripped.isEmpty()) {
            throw new RefusedValueException("a concept without a name");
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValueException("a concept with a line break or another control character", stripped);
        }
        return stripped;
    }

    private static Float number(Object value) {
        String text = SqlValues.text(value);
        if (text == null) {
            return PRESENT;
        }
        Float number = Decimals.isDecimal(text) ? Float.valueOf(text) : null;
        if (number == null || number < 0 || number > 1) {
            throw new RefusedValueException("the value of a concept is not a number from 0 to 1", value);
        }
        // -0 is no other value than 0
        return number == 0 ? ABSENT : number;
    }
}
