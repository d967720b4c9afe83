package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumePath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A source in a volume, or on this machine: a file, a folder (ending in a slash) or a pattern. */
final class VolumeSource {

    private static final Pattern WILDCARD = Pattern.compile("[*?]");
    private static final String HADOOP_SCHEME = "dbfs:";

    private final String source;

    VolumeSource(String source) {
        this.source = source;
    }

    boolean isMany() {
        return source.endsWith("/") || WILDCARD.matcher(source).find();
    }

    /** All before the first name with a wildcard. */
    String folder() {
        return VolumePath.parse(fixed()).toString();
    }

    /** The same as it was written, with the slash at its end. */
    String fixed() {
        Matcher wildcard = WILDCARD.matcher(source);
        String fixed = wildcard.find() ? source.substring(0, wildcard.start()) : source;
        return fixed.substring(0, fixed.lastIndexOf('/') + 1);
    }

    /** With the names of catalog, schema and volume as Unity Catalog keeps them. */
    String path() {
        String text = source.startsWith(HADOOP_SCHEME) ? source.substring(HADOOP_SCHEME.length()) : source;
        String[] names = text.split("/", 6);
        String root = VolumePath.of(names[2], names[3], names[4]).toString();
        return root + "/" + (names.length > 5 ? names[5] : "");
    }
}
