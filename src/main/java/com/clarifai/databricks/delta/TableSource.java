package com.clarifai.databricks.delta;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table to read: by its three-level name, or the folder of a Delta table or of Parquet files. */
public final class TableSource {

    private static final Set<String> FORMATS = Set.of("delta", "parquet");
    private static final Pattern FOLDER = Pattern.compile("(?:(?:s3|s3a|gs|abfss)://|/Volumes/)[^`'\"\\\\\\p{Cntrl}]+");

    /** A folder as SQL has it. */
    private static final Pattern PASTED = Pattern.compile("(?i)(delta|parquet)\\.`([^`]+)`");

    private final String name;
    private final String sql;

    private TableSource(String name, String sql) {
        this.name = name;
        this.sql = sql;
    }

    /**
     * @param source {@code catalog.schema.table}, or a folder, also as SQL has it ({@code delta.`s3://…`}), at {@code s3://}, {@code s3a://}, {@code gs://}, {@code
     *     abfss://} or {@code /Volumes/}
     * @param format {@code delta} or {@code parquet}, for a folder; null for delta
     * @throws IllegalArgumentException saying what is wrong
     */
    public static TableSource parse(String source, String format) {
        Matcher pasted = PASTED.matcher(source.strip());
        if (pasted.matches()) {
            return parse(pasted.group(2), pasted.group(1));
        }
        if (!source.contains("/")) {
            TableName table = TableName.parse(source, null, null);
            return new TableSource(table.fullName(), table.toString());
        }
        String kind = format == null || format.isBlank() ? "delta" : format.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(kind)) {
            throw new IllegalArgumentException("format '" + format + "' is neither delta nor parquet");
        }
        if (!FOLDER.matcher(source).matches()) {
            throw new IllegalArgumentException("'" + source
                    + "' is neither catalog.schema.table nor a folder at s3://, s3a://, gs://, abfss:// or /Volumes/");
        }
        return new TableSource(source, kind + ".`" + source + "`");
    }

    /** The same however it was written: {@code catalog.schema.table}, or the folder. */
    public String name() {
        return name;
    }

    /** As SQL takes it. */
    @Override
    public String toString() {
        return sql;
    }
}
