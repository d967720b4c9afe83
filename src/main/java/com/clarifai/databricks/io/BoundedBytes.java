package com.clarifai.databricks.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads bytes into memory, no more than allowed. */
public final class BoundedBytes {

    private BoundedBytes() {}

    /**
     * Where the length is known, into an array of that size: to gather pieces first would take twice the memory, for a
     * moment, of each of the many pictures that are under way.
     *
     * @param length how many there are said to be
     * @return what there is, at most {@code most}
     */
    public static byte[] read(InputStream in, OptionalLong length, int most) throws IOException {
        if (length.isEmpty() || length.getAsLong() > most) {
            return in.readNBytes(most);
        }
        byte[] bytes = new byte[(int) length.getAsLong()];
        int read = in.readNBytes(bytes, 0, bytes.length);
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }
}
