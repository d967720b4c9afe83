package com.clarifai.databricks.csv;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * All frames of a zstd file, one after the other. The library's own stream takes a cut in any frame but the first for the
 * end of the file.
 */
final class ZstdFrames extends ChunkInputStream {

    private static final int BUFFER = 1 << 17;

    private final InputStream packed;
    private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();
    private final byte[] chunk = new byte[BUFFER];
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private boolean betweenFrames = true;
    private boolean closed;

    ZstdFrames(InputStream packed) {
        this.packed = packed;
    }

    @Override
    ByteBuffer next() throws IOException {
        // what filled the buffer may not have been all that there is without more input
        boolean more = out.limit() == out.capacity();
        if (!in.hasRemaining() && !more && !fill()) {
            return null;
        }
        out.clear();
        try {
            betweenFrames = decoder.decompressDirectByteBufferStream(out, in);
            return out;
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            out.flip();
        }
    }

    private boolean fill() throws IOException {
        int count = packed.read(chunk, 0, BUFFER);
        if (count < 0 && !betweenFrames) {
            throw new EOFException("cut in a frame");
        }
        if (count >= 0) {
            in.clear().put(chunk, 0, count).flip();
        }
        return count >= 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            decoder.close();
            packed.close();
        }
    }
}
