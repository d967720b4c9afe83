package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.s3.S3Uri;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where CSV files are: on S3, in a Unity Catalog volume, or on this machine. */
public final class CsvLocation {

    private static final Pattern IN_VOLUME = Pattern.compile("(?s)(dbfs:)?/Volumes/.*|dbfs:.*");
    private static final Pattern SCHEME = Pattern.compile("(?s)([a-z][a-z0-9+.-]+):/.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_AMAZON = Pattern.compile("(?i)https?://[^/]*\\bs3\\b[^/]*\\.amazonaws\\.com.*");
    private static final String PLACES = "CSV files are read from S3 (s3://bucket/key.csv), from volumes"
            + " (/Volumes/catalog/schema/volume/file.csv) and, on the command line, from this machine (./file.csv)";

    private CsvLocation() {}

    /**
     * A place that whoever started the command may name: one of this machine, too.
     *
     * @throws IllegalArgumentException saying what to give instead, when it is no such place, or not there
     */
    public static void checkHere(String source) {
        if (LocalPath.isLocal(source.strip())) {
            checkLocal(source.strip());
        } else {
            check(source);
        }
    }

    /** @throws IllegalArgumentException saying what to give instead, when it is neither on S3 nor in a volume */
    public static void check(String source) {
        String text = source.strip();
        if (IN_VOLUME.matcher(text).matches()) {
            VolumePath.parse(text.replaceFirst("(?<=.)/+$", ""));
            return;
        }
        if (LocalPath.isLocal(text)) {
            throw LocalPath.refusal(text);
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches() && scheme.group(1).matches("(?i)abfss?|wasbs?|gs|r2|adl")) {
            throw new IllegalArgumentException(PLACES + ", not from " + scheme.group(1)
                    + ": make an external volume of that folder, or read it as a table with 'import delta'");
        }
        if (scheme.matches()
                && !scheme.group(1).matches("(?i)s3a?")
                && !OF_AMAZON.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    PLACES + ", not from " + scheme.group(1) + ": copy the file there first");
        }
        S3Uri.parse(text);
    }

    private static void checkLocal(String source) {
        try {
            LocalPath.uri(source);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + PLACES, e);
        }
    }
}
