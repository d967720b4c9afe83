package com.clarifai.databricks.picture;

import com.google.protobuf.ByteString;

/**
 * Whether a TIFF or BigTIFF was cut off: whether a directory, or a strip or tile of pixels that one names, is not within the
 * file. See <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>, section 2.
 */
final class TiffEnd {

    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int BIG = 43;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG8 = 16;
    /** More pictures in one file are not looked at; nor does a chain of directories that ends in itself hang. */
    private static final int MAX_DIRECTORIES = 64;

    private final ByteString file;
    private final boolean littleEndian;
    private final boolean big;
    /** Bytes of an offset, and of a count of values. */
    private final int word;

    private TiffEnd(ByteString file) {
        this.file = file;
        this.littleEndian = file.byteAt(0) == 'I';
        this.big = number(2, 2) == BIG;
        this.word = big ? 8 : 4;
    }

    static boolean isMissing(ByteString file) {
        return file.size() < 16 || new TiffEnd(file).isMissing();
    }

    private boolean isMissing() {
        long directory = number(big ? 8 : 4, word);
        for (int i = 0; i < MAX_DIRECTORIES && directory != 0; i++) {
            int countBytes = big ? 8 : 2;
            if (isBeyond(directory, countBytes)) {
                return true;
            }
            long entries = number(directory, countBytes);
            long end = directory + countBytes + entries * entryBytes();
            if (entries > file.size() || isBeyond(end, word)) {
                return true;
            }
            if (isPixelMissing(directory + countBytes, (int) entries)) {
                return true;
            }
            directory = number(end, word);
        }
        return false;
    }

    private int entryBytes() {
        return 4 + 2 * word;
    }

    private boolean isPixelMissing(long first, int entries) {
        long offsets = 0;
        long lengths = 0;
        for (int i = 0; i < entries; i++) {
            long entry = first + (long) i * entryBytes();
            switch ((int) number(entry, 2)) {
                case STRIP_OFFSETS, TILE_OFFSETS -> offsets = entry;
                case STRIP_LENGTHS, TILE_LENGTHS -> lengths = entry;
                default -> {
                    // says nothing of where the pixels are
                }
            }
        }
        return offsets != 0 && lengths != 0 && isMissing(offsets, lengths);
    }

    private boolean isMissing(long offsets, long lengths) {
        long count = Math.min(number(offsets + 4, word), number(lengths + 4, word));
        int offsetBytes = bytes(offsets);
        int lengthBytes = bytes(lengths);
        if (offsetBytes == 0 || lengthBytes == 0) {
            return false;
        }
        long offset = values(offsets, count, offsetBytes);
        long length = values(lengths, count, lengthBytes);
        if (count > file.size() || isBeyond(offset, count * offsetBytes) || isBeyond(length, count * lengthBytes)) {
            return true;
        }
        for (long i = 0; i < count; i++) {
            if (isBeyond(
                    number(offset + i * offsetBytes, offsetBytes), number(length + i * lengthBytes, lengthBytes))) {
                return true;
            }
        }
        return false;
    }

    /** Few values stand in the entry itself. */
    private long values(long entry, long count, int bytes) {
        long place = entry + 4 + word;
        return count * bytes <= word ? place : number(place, word);
    }

    /** Of each value; 0 when it is of no type that a place can have. */
    private int bytes(long entry) {
        return switch ((int) number(entry + 2, 2)) {
            case SHORT -> 2;
            case LONG -> 4;
            case LONG8 -> 8;
            default -> 0;
        };
    }

    private boolean isBeyond(long offset, long bytes) {
        return offset < 0 || bytes < 0 || offset > file.size() || bytes > file.size() - offset;
    }

    private long number(long offset, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int place = (int) offset + (littleEndian ? bytes - 1 - i : i);
            number = number << 8 | file.byteAt(place) & 0xFF;
        }
        return number;
    }
}
