package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.s3.S3Uri;
import java.util.regex.Pattern;

/** Where CSV files are: on S3, or in a Unity Catalog volume. */
public final class CsvLocation {

    private static final Pattern IN_VOLUME = Pattern.compile("(?s)(dbfs:)?/.*");
    private static final Pattern SCHEME = Pattern.compile("(?s)([a-z][a-z0-9+.-]+):(/.*)", Pattern.CASE_INSENSITIVE);
    private static final String PLACES = "CSV files are read from S3 (s3://bucket/key.csv) and from volumes"
            + " (/Volumes/catalog/schema/volume/file.csv)";

    private CsvLocation() {}

    /** @throws IllegalArgumentException saying what to give instead, when it is neither */
    public static void check(String source) {
        String text = source.strip();
        if (IN_VOLUME.matcher(text).matches()) {
            checkVolume(text);
            return;
        }
        var scheme = SCHEME.matcher(text);
        if (!scheme.matches() || scheme.group(1).equalsIgnoreCase("file")) {
            throw local(text);
        }
        if (scheme.group(1).matches("(?i)abfss?|wasbs?|gs|r2|adl")) {
            throw new IllegalArgumentException(PLACES + ", not from " + scheme.group(1)
                    + ": make an external volume of that folder, or read it as a table with 'import delta'");
        }
        S3Uri.parse(text);
    }

    private static void checkVolume(String path) {
        if (!path.replaceFirst("^dbfs:", "").startsWith("/Volumes/")) {
            throw local(path);
        }
        VolumePath.parse(path.replaceFirst("(?<=.)/+$", ""));
    }

    private static IllegalArgumentException local(String path) {
        return new IllegalArgumentException("'" + path + "' is a file of this machine, it seems: " + PLACES
                + ". To copy it there: databricks fs cp FILE dbfs:/Volumes/catalog/schema/volume/");
    }
}
