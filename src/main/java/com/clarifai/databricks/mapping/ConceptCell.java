package com.clarifai.databricks.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a text in the column {@code concepts} is: a literal that programs print, or labels separated by commas. */
final class ConceptCell {

    /** An array, a dict or a set, or a call around one, such as {@code array(['cat'], dtype=object)}. */
    private static final Pattern LITERAL = Pattern.compile(
            "[\\[{]|\\(\\s*['\"\\[({]|[A-Za-z_][\\w.]*\\(\\s*['\"\\[({]|(frozenset|set|list|tuple|array)\\(\\s*\\)");

    /** A literal, or one that was encoded as JSON once more. */
    private static final Pattern ENCODED = Pattern.compile("(?s)\\s*(" + LITERAL + "|\"[\\[{(\"\\\\]).*");

    private ConceptCell() {}

    /**
     * @return labels as text, or what the literal holds
     * @throws RefusedValueException when it begins as a literal and is none
     */
    static Collection<?> items(String cell) {
        String text = cell.strip();
        if (LITERAL.matcher(text).lookingAt()) {
            return items(ImportJson.parse(text), text);
        }
        if (isEnclosed(text, '(', ')') && text.indexOf(',') >= 0) {
            return items(ImportJson.parse(text), text);
        }
        if (isEnclosed(text, '"', '"') || isEnclosed(text, '\'', '\'')) {
            return quoted(text);
        }
        return Arrays.stream(text.split(","))
                .filter(label -> !MissingValues.isMissing(label))
                .toList();
    }

    /** Labels in quotes; one alone may be a text that was encoded as JSON once more. */
    private static Collection<?> quoted(String text) {
        Object items = ImportJson.parse("[" + text + "]");
        if (items instanceof List<?> list && list.size() == 1 && list.get(0) instanceof String inner) {
            return ENCODED.matcher(inner).matches() ? items(inner) : list;
        }
        return items(items, text);
    }

    private static Collection<?> items(Object value, String text) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> items) {
            return items;
        }
        if (value instanceof Map<?, ?> || value instanceof Number) {
            return List.of(value);
        }
        if (value instanceof String label && !label.equals(text)) {
            return List.of(label);
        }
        throw new RefusedValueException("not a list", text);
    }

    private static boolean isEnclosed(String text, char open, char close) {
        return text.length() > 1 && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
    }
}
