package com.clarifai.databricks.delta;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of any table, to be looked at: each travels as one JSON text, its times in UTC, and long values are shortened by
 * SQL, so that masks and the like stay where they are. All rows together stay well below what a warehouse gives out in one
 * piece, 26,214,400 bytes.
 */
public final class RowPreview {

    /** Of all rows together, as they are sent at most twice as many. */
    private static final long MAX_BYTES = 8L << 20;

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
        long budget = MAX_BYTES / BYTES_PER_CHARACTER / rows / Math.max(1, types.size());
        long characters = Math.max(MIN_CELL_CHARACTERS, Math.min(MAX_CELL_CHARACTERS, budget));
        String cells = types.entrySet().stream()
                .map(column -> cell(JsonRow.quoted(column.getKey()), column.getValue(), characters) + " AS "
                        + JsonRow.quoted(column.getKey()))
                .collect(Collectors.joining(", "));
        return JsonRow.select("struct(" + cells + ")") + " AS row";
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
            case "array", "map", "struct", "variant" -> shortened(JsonRow.select(column), characters);
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

    /** The columns of rows that came of {@link #select}: text, numbers and truth values; times as ISO text. */
    public static List<Map<String, Object>> rows(List<Map<String, Object>> selected) {
        return selected.stream().map(JsonRow::columns).toList();
    }
}
