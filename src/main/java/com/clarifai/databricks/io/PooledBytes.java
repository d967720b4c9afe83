package com.clarifai.databricks.io;

import java.util.List;

/**
 * The bytes of one file in pieces that a {@link BytePool} lends. Whoever knows that nobody reads them any more may
 * {@link #giveBack()}; what is never given back is left to the collector. Immutable until then.
 */
public final class PooledBytes {

    private final BytePool pool;
    private final int size;
    private List<byte[]> pieces;

    PooledBytes(BytePool pool, List<byte[]> pieces, int size) {
        this.pool = pool;
        this.pieces = List.copyOf(pieces);
        this.size = size;
    }

    public int size() {
        return size;
    }

    /** Takes the bytes piece by piece: an array that is not to be changed or kept, and how many of it count. */
    public interface Reader {
        void take(byte[] piece, int length);
    }

    /** @throws IllegalStateException when they have been given back */
    public synchronized void forEachPiece(Reader reader) {
        int left = size;
        for (byte[] piece : lent()) {
            int length = Math.min(left, piece.length);
            reader.take(piece, length);
            left -= length;
        }
    }

    /**
     * A copy.
     *
     * @throws IllegalStateException when they have been given back
     */
    public byte[] toByteArray() {
        byte[] bytes = new byte[size];
        int[] end = {0};
        forEachPiece((piece, length) -> {
            System.arraycopy(piece, 0, bytes, end[0], length);
            end[0] += length;
        });
        return bytes;
    }

    private List<byte[]> lent() {
        if (pieces == null) {
            throw new IllegalStateException("these bytes have been given back");
        }
        return pieces;
    }

    /** Their place is used for others from now on. Does nothing the second time. */
    public synchronized void giveBack() {
        if (pieces != null) {
            pool.take(pieces);
            pieces = null;
        }
    }

    @Override
    public String toString() {
        return size + " bytes";
    }
}
