package com.clarifai.databricks.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of any table, to be looked at: each travels as one JSON text, its times in UTC, and long values are shortened by
 * SQL, so that masks and the like stay where they are. All rows together stay well below what a warehouse gives out in one
 * piece, see {@link ResultPages}.
 */
public final class RowPreview {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

    /** Longer values are of no use on a screen. */
    private static final int MAX_CELL_CHARACTERS = 2_000;

    private static final int MIN_CELL_CHARACTERS = 8;

    /** In UTF-8, and with what JSON escapes. */
    private static final int BYTES_PER_CHARACTER = 4;

    private RowPreview() {}

    /**
     * What to select: one column {@code row}.
     *
     * @param types of the columns, as SQL writes them, by name
     * @param rows how many rows will be selected at most
     */
    public static String select(Map<String, String> types, int rows) {
        long budget = ResultPages.MAX_BYTES / BYTES_PER_CHARACTER / rows / Math.max(1, types.size());
        long characters = Math.max(MIN_CELL_CHARACTERS, Math.min(MAX_CELL_CHARACTERS, budget));
        String cells = types.entrySet().stream()
                .map(column ->
                        cell(quoted(column.getKey()), column.getValue(), characters) + " AS " + quoted(column.getKey()))
                .collect(Collectors.joining(", "));
        return SqlTime.json("struct(" + cells + ")") + " AS row";
    }

    private static String cell(String column, String type, long characters) {
        return switch (kind(type)) {
            case "boolean",
                    "tinyint",
                    "smallint",
                    "int",
                    "bigint",
                    "float",
                    "double",
                    "decimal",
                    "date",
                    "timestamp",
                    "timestamp_ntz" -> column;
            case "string", "varchar", "char" -> shortened(column, characters);
            case "binary" -> "concat(octet_length(" + column + "), ' bytes')";
            case "array", "map", "struct", "variant" -> shortened(SqlTime.json(column), characters);
            default -> shortened("CAST(" + column + " AS STRING)", characters);
        };
    }

    /** A type without its parts, in lower case. */
    private static String kind(String type) {
        return type.toLowerCase(Locale.ROOT).split("[<( ]", 2)[0];
    }

    private static String shortened(String text, long characters) {
        return "if(length(" + text + ") > " + characters + ", concat(left(" + text + ", " + characters
                + "), '… (', length(" + text + "), ' characters)'), " + text + ")";
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The columns of rows that came of {@link #select}: text, numbers and truth values; times as ISO text. */
    public static List<Map<String, Object>> rows(List<Map<String, Object>> selected) {
        return selected.stream().map(RowPreview::row).toList();
    }

    private static Map<String, Object> row(Map<String, Object> selected) {
        try {
            return JSON.readValue((String) selected.get("row"), ROW);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("SQL's to_json gave no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
