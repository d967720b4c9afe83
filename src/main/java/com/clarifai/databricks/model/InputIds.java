package com.clarifai.databricks.model;

import java.util.regex.Pattern;

/**
 * Input ids made from file names.
 *
 * <p>Clarifai takes 1 to 48 letters, digits, hyphens and underscores. A name (without its extension) that fits is the id
 * as it stands. Any other name is cleaned, shortened and followed by a hyphen and 16 hexadecimal digits of the SHA-256
 * of the file's whole path, so that two files never share an id and the same file always gets the same one. Names that
 * fit but that several files share get that suffix as well: see {@link #uniqueId}.
 */
public final class InputIds {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,48}");
    private static final int MAX_STEM = 48 - 1 - CleanNames.HASH_LENGTH;

    private InputIds() {}

    /** The id of a file whose name no other file shares. */
    public static String idOf(String fileName, String path) {
        String stem = stem(fileName);
        return VALID.matcher(stem).matches() ? stem : uniqueId(fileName, path);
    }

    /** The id of a file whose name others share, or whose name cannot be an id. */
    public static String uniqueId(String fileName, String path) {
        String start = CleanNames.clean(stem(fileName), MAX_STEM);
        return (start.isEmpty() ? "image" : start) + "-" + CleanNames.hash(path);
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }
}
