package com.clarifai.databricks.delta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as SQL writes it, {@code struct<a:double,b:array<string>>}, as far as JSON loses something of its values: NaN and
 * the infinities of a DOUBLE or FLOAT are texts there. What of a type is not understood (SQL shortens those of wide structs)
 * is taken to lose nothing.
 */
public final class SqlType {

    private static final SqlType OTHER = new SqlType(false, Map.of(), null);
    private static final SqlType FLOATING = new SqlType(true, Map.of(), null);
    private static final Map<String, Double> WORDS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    /** Types that a table of Delta Lake and {@code from_json} have: those of <a
     * href="https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-datatypes">Databricks SQL</a> but intervals, places
     * and VOID.
     */
    private static final Set<String> SIMPLE = Set.of(
            "string",
            "boolean",
            "tinyint",
            "byte",
            "smallint",
            "short",
            "int",
            "integer",
            "bigint",
            "long",
            "float",
            "real",
            "double",
            "date",
            "timestamp",
            "timestamp_ntz",
            "binary",
            "variant",
            "decimal",
            "numeric");

    private static final Pattern DECIMAL = Pattern.compile("(?:decimal|dec|numeric) ?\\( ?\\d+ ?(?:, ?\\d+ ?)?\\)");
    private static final Pattern FIELD = Pattern.compile("(?i)(?:[a-z_][a-z0-9_]*|`(?:[^`]|``)+`) ?: ?(\\S.*)");
    private static final Pattern NESTED = Pattern.compile("(?i)(array|map|struct) ?<(.*)>");

    private final boolean floating;
    private final Map<String, SqlType> fields;
    /** Of the items of an array or the values of a map. */
    private final SqlType items;

    private SqlType(boolean floating, Map<String, SqlType> fields, SqlType items) {
        this.floating = floating;
        this.fields = fields;
        this.items = items;
    }

    public static SqlType of(String type) {
        String text = type.strip();
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("double") || name.equals("float")) {
            return FLOATING;
        }
        if (!text.endsWith(">")) {
            return OTHER;
        }
        List<String> parts = parts(text.substring(text.indexOf('<') + 1, text.length() - 1));
        if (name.startsWith("struct<")) {
            Map<String, SqlType> fields = new LinkedHashMap<>();
            parts.forEach(part -> {
                int colon = part.indexOf(':');
                if (colon > 0) {
                    fields.put(unquoted(part.substring(0, colon).strip()), of(part.substring(colon + 1)));
                }
            });
            return new SqlType(false, fields, null);
        }
        boolean collection = name.startsWith("array<") || name.startsWith("map<");
        return collection ? new SqlType(false, Map.of(), of(parts.get(parts.size() - 1))) : OTHER;
    }

    /** The part of a type that is none; empty when all of it is known. */
    public static Optional<String> unknown(String type) {
        String text = type.strip();
        String name = text.toLowerCase(Locale.ROOT);
        Matcher nested = NESTED.matcher(text);
        if (!nested.matches()) {
            return SIMPLE.contains(name) || DECIMAL.matcher(name).matches() ? Optional.empty() : Optional.of(text);
        }
        List<String> parts = parts(nested.group(2));
        return switch (nested.group(1).toLowerCase(Locale.ROOT)) {
            case "array" -> parts.size() == 1 ? unknown(parts.get(0)) : Optional.of(text);
            case "map" -> parts.size() == 2 ? firstUnknown(parts) : Optional.of(text);
            default -> unknownField(parts);
        };
    }

    private static Optional<String> unknownField(List<String> fields) {
        for (String field : fields) {
            Matcher named = FIELD.matcher(field.strip());
            Optional<String> unknown = named.matches() ? unknown(named.group(1)) : Optional.of(field.strip());
            if (unknown.isPresent()) {
                return unknown;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstUnknown(List<String> types) {
        return types.stream().map(SqlType::unknown).flatMap(Optional::stream).findFirst();
    }

    /** The value as it was before it became JSON. */
    public Object restored(Object value) {
        if (floating && value instanceof String text) {
            Double number = WORDS.get(text);
            return number == null ? value : number;
        }
        if (value instanceof Map<?, ?> map && (items != null || !fields.isEmpty())) {
            Map<String, Object> restored = new LinkedHashMap<>();
            map.forEach((name, item) -> {
                SqlType type = items != null ? items : fields.getOrDefault(String.valueOf(name), OTHER);
                restored.put(String.valueOf(name), type.restored(item));
            });
            return restored;
        }
        if (value instanceof List<?> list && items != null) {
            List<Object> restored = new ArrayList<>(list.size());
            list.forEach(item -> restored.add(items.restored(item)));
            return restored;
        }
        return value;
    }

    /** What commas separate, but those within angle brackets, brackets or back-ticks. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`') {
                quoted = !quoted;
            } else if (!quoted && (c == '<' || c == '(')) {
                depth++;
            } else if (!quoted && (c == '>' || c == ')')) {
                depth--;
            } else if (!quoted && c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 2 && name.startsWith("`") && name.endsWith("`");
        return quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }
}
