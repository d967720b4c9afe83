package com.clarifai.databricks.mapping;

import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The column {@code concepts}: labels separated by commas, an array of labels or of objects with {@code id}, {@code name}
 * and {@code value}, or an object of labels and their values; arrays and objects of JSON, of Python or of SQL.
 *
 * <p>A label {@code !cat}, or a value 0 or false, says that the image does not show a cat. In an SQL array a struct has
 * the attributes id, name, value, in this order.
 */
final class ImportConcepts {

    private static final Set<String> FIELDS = Set.of("id", "name", "value");

    /** What a spreadsheet has in the place of a value, and bytes as Python prints them. */
    private static final Pattern NO_LABEL =
            Pattern.compile("#(REF!|VALUE!|DIV/0!|NAME\\?|NULL!|NUM!|N/A)|[bB](['\"]).*\\2", Pattern.DOTALL);

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
            for (Map<String, Object> concept : concepts(item)) {
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
        return value instanceof Map<?, ?> || !(value instanceof String text) ? List.of(value) : ConceptCell.items(text);
    }

    /** Those that the item stands for: none when there is nothing in it. */
    private List<Map<String, Object>> concepts(Object item) {
        if (item instanceof Map<?, ?> object && !isConcept(object)) {
            return object.entrySet().stream()
                    .map(entry -> labelled(String.valueOf(entry.getKey()), entry.getValue()))
                    .toList();
        }
        Map<String, Object> concept = concept(item);
        return concept == null ? List.of() : List.of(concept);
    }

    /** Otherwise it has labels and their values. */
    private static boolean isConcept(Map<?, ?> object) {
        return Stream.of("id", "name", "value").anyMatch(object::containsKey);
    }

    private Map<String, Object> labelled(String label, Object value) {
        if (value == null) {
            throw new RefusedValueException("no value for the concept", label);
        }
        String name = label(label);
        return concept(ids.idOf(name), name, number(value));
    }

    /** Null when there is nothing in the item. */
    private Map<String, Object> concept(Object item) {
        if (item instanceof Map<?, ?> object) {
            object.forEach(ImportConcepts::refuseOtherNumber);
            return concept(object.get("id"), object.get("name"), object.get("value"));
        }
        if (item instanceof List<?> struct) {
            if (struct.size() != 3) {
                throw new RefusedValueException("a concept is not id, name, value", item);
            }
            return concept(struct.get(0), struct.get(1), struct.get(2));
        }
        String label = text(item);
        if (label == null) {
            return null;
        }
        boolean absent = label.startsWith("!");
        String name = label(absent ? label.substring(1) : label);
        return concept(ids.idOf(name), name, absent ? ABSENT : PRESENT);
    }

    /** A value that is called otherwise, such as confidence, is not to be lost. */
    private static void refuseOtherNumber(Object field, Object value) {
        if (value instanceof Number && !FIELDS.contains(field)) {
            throw new RefusedValueException(
                    "a concept has id, name and value; a number stands in another field", field);
        }
    }

    private Map<String, Object> concept(Object id, Object name, Object value) {
        String givenId = text(id);
        String givenName = text(name);
        if (givenId == null && givenName == null) {
            throw new RefusedValueException("a concept has neither id nor name");
        }
        String label = givenName == null ? checked(givenId) : label(givenName);
        return concept(givenId == null ? ids.idOf(label) : checked(givenId), label, number(value));
    }

    private static Map<String, Object> concept(String id, String name, Float value) {
        Map<String, Object> concept = new LinkedHashMap<>();
        concept.put("id", id);
        concept.put("name", name);
        concept.put("value", value);
        return concept;
    }

    /** In an array text is text, whatever it says: only a number that is none is missing. */
    private static String text(Object value) {
        if (value instanceof Number number && Double.isInfinite(number.doubleValue())) {
            throw new RefusedValueException("an infinite number is not a concept", value);
        }
        return value instanceof Number && MissingValues.isMissing(value) ? null : SqlValues.text(value);
    }

    /** Composed, as macOS has names decomposed: two labels that look the same are the same concept. */
    private static String label(String label) {
        String composed = checked(Normalizer.normalize(label, Normalizer.Form.NFC));
        if (NO_LABEL.matcher(composed).matches()) {
            throw new RefusedValueException(
                    "not a label but an error of a spreadsheet, or what Python prints", composed);
        }
        return composed;
    }

    private static String checked(String label) {
        String stripped = Surroundings.strip(label);
        if (stripped.isEmpty()) {
            throw new RefusedValueException("a concept without a name");
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValueException("a concept with a line break or another control character", stripped);
        }
        return stripped;
    }

    private static Float number(Object value) {
        if (value instanceof Boolean present) {
            return present ? PRESENT : ABSENT;
        }
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
