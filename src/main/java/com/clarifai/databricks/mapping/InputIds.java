package com.clarifai.databricks.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
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
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final Pattern EDGES = Pattern.compile("^[_-]+|[_-]+$");
    private static final int HASH_BYTES = 8;
    private static final int MAX_STEM = 48 - 1 - 2 * HASH_BYTES;

    private InputIds() {}

    /** The id of a file whose name no other file shares. */
    public static String idOf(String fileName, String path) {
        String stem = stem(fileName);
        return VALID.matcher(stem).matches() ? stem : uniqueId(fileName, path);
    }

    /** The id of a file whose name others share, or whose name cannot be an id. */
    public static String uniqueId(String fileName, String path) {
        String plain = MARKS.matcher(Normalizer.normalize(stem(fileName), Normalizer.Form.NFKD))
                .replaceAll("");
        String cleaned = EDGES.matcher(REFUSED.matcher(plain).replaceAll("_")).replaceAll("");
        String start = cleaned.length() > MAX_STEM ? cleaned.substring(0, MAX_STEM) : cleaned;
        return (start.isEmpty() ? "image" : start) + "-" + hash(path);
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }

    private static String hash(String path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
