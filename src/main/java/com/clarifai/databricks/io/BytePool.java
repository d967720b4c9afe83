package com.clarifai.databricks.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory that pictures pass through one after the other. Arrays of their own outlive the few MB that a small heap has for
 * what is new, and the collector would move and remove a hundred MB of them again and again. A pool holds as much as was
 * lent at the same time at most, until it goes itself. Safe for use by several threads.
 */
public final class BytePool {

    /** What an HTTP client gives at a time; the last piece of a file is half empty in the mean. */
    static final int PIECE_BYTES = 16 * 1024;

    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();

    /**
     * Reads what there is, at most {@code most} bytes; whether there is more, the stream tells.
     *
     * @throws IOException of the stream; what was read until then is in the pool again
     */
    public PooledBytes read(InputStream in, int most) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        int size = 0;
        boolean done = false;
        try {
            while (size < most) {
                byte[] piece = piece();
                pieces.add(piece);
                int wanted = Math.min(piece.length, most - size);
                int read = in.readNBytes(piece, 0, wanted);
                size += read;
                if (read < wanted) {
                    break;
                }
            }
            done = true;
            return new PooledBytes(this, pieces, size);
        } finally {
            if (!done) {
                take(pieces);
            }
        }
    }

    private byte[] piece() {
        byte[] piece = free.poll();
        return piece == null ? new byte[PIECE_BYTES] : piece;
    }

    void take(List<byte[]> pieces) {
        free.addAll(pieces);
    }
}
