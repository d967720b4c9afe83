package com.clarifai.databricks.job;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * Which rows the tables of an export have, in which state: eight bytes of each, since there may be hundreds of thousands.
 * They are the beginning of the SHA-256 of what {@code known-rows.sql} makes of a row.
 */
public final class KnownRows implements Serializable {

    public static final KnownRows NONE = new KnownRows(new long[0]);

    private static final long serialVersionUID = 1L;
    private static final int DIGITS = 16;

    private final long[] digests;

    private KnownRows(long[] digests) {
        this.digests = digests;
    }

    /** @param texts of 16 hexadecimal digits for each row */
    public static KnownRows of(Collection<String> texts) {
        return new KnownRows(
                texts.stream().flatMapToLong(KnownRows::digests).sorted().toArray());
    }

    private static LongStream digests(String text) {
        return LongStream.range(0, text.length() / DIGITS)
                .mapToObj(i -> text.substring((int) i * DIGITS, (int) (i + 1) * DIGITS))
                .mapToLong(digits -> Long.parseUnsignedLong(digits, DIGITS));
    }

    public int size() {
        return digests.length;
    }

    /**
     * Whether a table has the row as it is now. Of one whose change has no time that is never known.
     *
     * @param kind of the row
     * @param id its key
     * @param changed when it was last changed in Clarifai, an {@link Instant}
     * @param statusCode Clarifai's, which may change without its time
     */
    public boolean has(String kind, Object id, Object changed, Object statusCode) {
        return digests.length > 0
                && changed instanceof Instant time
                && statusCode != null
                && Arrays.binarySearch(digests, digest(kind, id, time, statusCode)) >= 0;
    }

    private static long digest(String kind, Object id, Instant changed, Object statusCode) {
        return digest(kind + ' ' + id + ' ' + ChronoUnit.MICROS.between(Instant.EPOCH, changed) + ' ' + statusCode);
    }

    /** The beginning of the SHA-256 of a text. */
    public static long digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
