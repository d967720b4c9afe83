package com.clarifai.databricks.flow.source;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that stand in the names of folders, {@code concepts=dog/part-0.csv}: Spark and Hive write those that a table is
 * partitioned by there, and not into the files.
 */
final class PartitionColumns {

    private static final Pattern FOLDER = Pattern.compile("([^/=]+)=([^/]*)/");
    /** Hive's way of writing what a name of a folder cannot hold. */
    private static final Pattern ESCAPED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private PartitionColumns() {}

    /** Names and values, from left to right; those of missing values are empty. */
    static Map<String, String> of(String uri) {
        Map<String, String> columns = new LinkedHashMap<>();
        Matcher folder = FOLDER.matcher(uri);
        while (folder.find()) {
            String value = unescaped(folder.group(2));
            columns.put(unescaped(folder.group(1)), value.equals(NULL) ? "" : value);
        }
        return columns;
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text).replaceAll(escaped -> {
            String hex = escaped.group().replace("%", "");
            byte[] bytes = HexFormat.of().parseHex(hex);
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }
}
