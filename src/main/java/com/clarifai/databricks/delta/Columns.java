package com.clarifai.databricks.delta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table or query: lower-case names, which SQL does not tell from others, and types as SQL writes them.
 */
public record Columns(Map<String, String> types) {

    public Columns {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /**
     * @param description rows of {@code DESCRIBE TABLE} or {@code DESCRIBE QUERY}: {@code col_name}, {@code data_type};
     *     what follows the columns (partitioning, details) is left out
     */
    public static Columns of(List<Map<String, Object>> description) {
        Map<String, String> types = new LinkedHashMap<>();
        asWritten(description).forEach((name, type) -> types.put(name.toLowerCase(Locale.ROOT), type));
        return new Columns(types);
    }

    /** The same with the names as the table has them: types by name. */
    public static Map<String, String> asWritten(List<Map<String, Object>> description) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Map<String, Object> row : description) {
            String name = (String) row.get("col_name");
            String type =
                    row.get("data_type") == null ? "" : row.get("data_type").toString();
            // a heading has no type, unlike a column that is called #
            if (name == null || name.isBlank() || name.startsWith("#") && type.isBlank()) {
                break;
            }
            types.put(name, type);
        }
        return types;
    }

    public Set<String> names() {
        return types.keySet();
    }

    public boolean has(String name) {
        return types.containsKey(name);
    }

    public boolean isEmpty() {
        return types.isEmpty();
    }

    /** Whether rows with those columns fit in without a change of name or type. */
    public boolean take(Columns rows) {
        return types.entrySet().containsAll(rows.types.entrySet());
    }
}
