package com.clarifai.databricks.csv;

import com.clarifai.databricks.io.BulkInputStream;
import com.clarifai.databricks.model.IncompleteSourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * The unpacked bytes of a file, all of them: its end is only believed when as many bytes were read as the file has, and
 * nothing is left behind what was unpacked.
 */
final class SourceBytes extends BulkInputStream {

    private static final int BUFFER = 1 << 16;
    /** So much may come out of any file, as a few bytes can stand for many blank lines. */
    private static final long ALWAYS_ALLOWED = 10_000_000;

    private final CountedStream file;
    private final BufferedInputStream packed;
    private final InputStream bytes;
    private final Packing packing;
    private final UnpackLimits limits;
    private final long length;
    private long unpacked;
    private boolean ended;

    /**
     * @param name of the file
     * @param length how many bytes it has by what its store says; negative when that is not known
     */
    SourceBytes(InputStream file, String name, long length, UnpackLimits limits) throws IOException {
        this.file = new CountedStream(file);
        this.limits = limits;
        this.length = length;
        packed = new BufferedInputStream(this.file, BUFFER);
        try {
            packed.mark(Packing.LOOK_AHEAD);
            byte[] start = packed.readNBytes(Packing.LOOK_AHEAD);
            packed.reset();
            packing = Packing.of(start, name);
            bytes = packing.unpack(packed);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** @throws IncompleteSourceException when the file cannot be read on, or this is not all of it */
    @Override
    public int read(byte[] target, int offset, int count) {
        if (ended) {
            return -1;
        }
        try {
            int read = bytes.read(target, offset, count);
            if (read < 0) {
                ended = true;
                verify();
            } else {
                unpacked += read;
                limit();
            }
            return read;
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // decoders of damaged data throw these, too
            throw failed(e);
        }
    }

    /** How many bytes of the file itself have been read. */
    long count() {
        return file.count();
    }

    private void limit() {
        if (packing == Packing.NONE) {
            return;
        }
        if (unpacked > limits.maxBytes()) {
            throw new IncompleteSourceException("unpacks to more than " + limits.maxBytes()
                    + " bytes (import.max-unpacked-bytes); the rest was not read");
        }
        if (unpacked > ALWAYS_ALLOWED && unpacked / limits.maxRatio() > file.count()) {
            throw new IncompleteSourceException("unpacks to more than " + limits.maxRatio()
                    + " times its size (import.max-unpack-ratio), as a zip bomb does; the rest was not read");
        }
    }

    private void verify() throws IOException {
        if (packed.read() >= 0) {
            throw new IncompleteSourceException(
                    "goes on after the end of its " + nameOf(packing) + " data; what follows was not read");
        }
        if (length >= 0 && file.count() != length) {
            throw new IncompleteSourceException("has " + length + " bytes, of which " + file.count() + " were read");
        }
    }

    private IncompleteSourceException failed(Exception e) {
        if (file.failure() != null) {
            return new IncompleteSourceException(
                    "could not be read beyond byte " + file.count() + ": " + e.getMessage(), e);
        }
        String what = e instanceof ZipException || e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return new IncompleteSourceException(
                "is cut or damaged: its " + (packing == null ? "" : nameOf(packing) + " ")
                        + "data ends or breaks at byte " + file.count() + " (" + what + ")",
                e);
    }

    private static String nameOf(Packing packing) {
        return packing.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        // the decoders' own close would only close this one, and zstd frees its memory with it
        try (file) {
            bytes.close();
        }
    }
}
