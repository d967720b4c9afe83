package com.clarifai.databricks.picture;

import com.google.protobuf.ByteString;

/** Whether a BMP has fewer bytes than its pixels take; what it says about its own length is often wrong. */
final class BmpEnd {

    private static final int PIXELS = 10;
    private static final int HEADER_SIZE = 14;
    /** The header of OS/2, whose width and height have 16 bits. */
    private static final int CORE_HEADER = 12;

    private static final int FULL_HEADER = 54;
    private static final int RUN_LENGTH_8 = 1;
    private static final int RUN_LENGTH_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private BmpEnd() {}

    static boolean isMissing(ByteString file) {
        if (file.size() < HEADER_SIZE + CORE_HEADER) {
            return true;
        }
        long pixels = number(file, PIXELS, 4);
        if (number(file, HEADER_SIZE, 4) == CORE_HEADER) {
            return file.size() < pixels + bytes(number(file, 18, 2), number(file, 20, 2), number(file, 24, 2));
        }
        if (file.size() < FULL_HEADER) {
            return true;
        }
        // a negative height says that the first row is the upper one
        long height = Math.abs((long) (int) number(file, 22, 4));
        return switch ((int) number(file, 30, 4)) {
            case 0, BIT_FIELDS, ALPHA_BIT_FIELDS ->
                file.size() < pixels + bytes(number(file, 18, 4), height, number(file, 28, 2));
            case RUN_LENGTH_8, RUN_LENGTH_4 -> file.size() < pixels + number(file, 34, 4);
            default -> false;
        };
    }

    /** Rows begin at multiples of four bytes; not every program fills up the last one. */
    private static long bytes(long width, long height, long bitsPerPixel) {
        long row = (width * bitsPerPixel + 7) / 8;
        long filled = (row + 3) / 4 * 4;
        return height == 0 ? 0 : filled * (height - 1) + row;
    }

    private static long number(ByteString file, int offset, int bytes) {
        return PictureHeader.littleEndian(file, offset, bytes);
    }
}
