package com.clarifai.databricks.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The two parts of a name made from text that cannot be one as it stands: what can be read of it, and its hash. */
public final class CleanNames {

    /** Hexadecimal digits. */
    static final int HASH_LENGTH = 16;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final Pattern EDGES = Pattern.compile("^[_-]+|[_-]+$");

    private CleanNames() {}

    /** The text's letters, digits, hyphens and underscores, without accents; may be empty. */
    public static String clean(String text, int maxLength) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        String cleaned = EDGES.matcher(REFUSED.matcher(plain).replaceAll("_")).replaceAll("");
        return cleaned.length() > maxLength ? cleaned.substring(0, maxLength) : cleaned;
    }

    /** The first 64 bits of the text's SHA-256. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
