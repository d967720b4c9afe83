package com.clarifai.databricks.delta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
