package com.clarifai.databricks.delta;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table to read: by its three-level name, or the folder of a Delta table or of Parquet files. */
public final class TableSource {

    private static final Set<String> FORMATS = Set.of("delta", "parquet");
    private static final Pattern FOLDER = Pattern.compile("(?:(?:s3|s3a|gs|abfss)://|/Volumes/)[^`'\"\\\\\\p{Cntrl}]+");

    /** A folder as SQL has it. */
    private static final Pattern PASTED = Pattern.compile("(?i)(delta|parquet)\\.`([^`]+)`");

    /** Addresses as the stores' own pages show them, and the folders that SQL knows them by. */
    private enum WebAddress {
        S3_HOST("https?://([a-z0-9.-]+)\\.s3(?:[.-][a-z0-9-]+)*\\.amazonaws\\.com/([^?#%]*)", "s3://%s/%s"),
        S3_PATH("https?://s3(?:[.-][a-z0-9-]+)*\\.amazonaws\\.com/([a-z0-9.-]+)/([^?#%]*)", "s3://%s/%s"),
        /**
         * <a href="https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-introduction-abfs-uri">Account in the
         * host, container in the path</a>.
         */
        AZURE(
                "https?://([a-z0-9]+)\\.(?:dfs|blob)\\.core\\.windows\\.net/([a-z0-9$-]+)/?([^?#%]*)",
                "abfss://%2$s@%1$s.dfs.core.windows.net/%3$s");

        private final Pattern pattern;
        private final String folder;

        WebAddress(String pattern, String folder) {
            this.pattern = Pattern.compile(pattern);
            this.folder = folder;
        }

        private String folder(Matcher web) {
            Object[] parts = IntStream.rangeClosed(1, web.groupCount())
                    .mapToObj(web::group)
                    .toArray();
            return folder.formatted(parts);
        }
    }

    private final String name;
    private final String sql;

    private TableSource(String name, String sql) {
        this.name = name;
        this.sql = sql;
    }

    /**
     * @param source {@code catalog.schema.table}, or a folder, also as SQL has it ({@code delta.`s3://…`}), at {@code s3://}, {@code s3a://}, {@code gs://}, {@code
     *     abfss://} or {@code /Volumes/}, or at the web address of one in S3 or Azure
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
        for (WebAddress address : WebAddress.values()) {
            Matcher web = address.pattern.matcher(source);
            if (web.matches()) {
                return parse(address.folder(web), kind);
            }
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
