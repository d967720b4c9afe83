package com.clarifai.databricks.picture;

import com.google.protobuf.ByteString;

/**
 * Whether a GIF was cut off, by its <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">blocks</a>. One that lacks
 * nothing but the trailer behind whole frames is as whole as many programs write it.
 */
final class GifEnd {

    private static final int SCREEN_FLAGS = 10;
    private static final int SCREEN = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;
    private static final int FRAME_FLAGS = 9;
    private static final int FRAME_HEADER = 10;
    private static final int PADDING = 0;
    private static final int TRAILER = 0x3B;
    private static final int PAST_THE_END = -1;

    private final ByteString file;

    private GifEnd(ByteString file) {
        this.file = file;
    }

    static boolean isMissing(ByteString file) {
        return new GifEnd(file).isMissing();
    }

    private boolean isMissing() {
        long position = SCREEN + colours(at(SCREEN_FLAGS));
        boolean framed = false;
        while (position < file.size()) {
            switch (at(position)) {
                case TRAILER -> {
                    return false;
                }
                case PADDING -> position++;
                case EXTENSION -> position = behindData(position + 2);
                case FRAME -> {
                    // the byte behind the colours says how wide the codes of the data are
                    position = behindData(position + FRAME_HEADER + colours(at(position + FRAME_FLAGS)) + 1);
                    framed = true;
                }
                default -> {
                    return false;
                }
            }
            if (position == PAST_THE_END) {
                return true;
            }
        }
        return !framed;
    }

    /** Blocks of data, each behind its length, until one of no length. */
    private long behindData(long from) {
        long position = from;
        while (position < file.size()) {
            int length = at(position);
            if (length == 0) {
                return position + 1;
            }
            position += 1 + length;
        }
        return PAST_THE_END;
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private int at(long position) {
        return position < file.size() ? file.byteAt((int) position) & 0xFF : 0;
    }
}
