package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.job.KnownRows;
import java.util.Arrays;

/** Which keys were met: eight bytes of each, the beginning of its SHA-256. Safe for use by several threads. */
public final class MetKeys {

    private long[] digests = new long[1_024];
    private int size;
    private boolean sorted;

    public synchronized void add(String key) {
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, 2 * size);
        }
        digests[size++] = KnownRows.digest(key);
        sorted = false;
    }

    public synchronized boolean has(String key) {
        if (!sorted) {
            Arrays.sort(digests, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(digests, 0, size, KnownRows.digest(key)) >= 0;
    }
}
