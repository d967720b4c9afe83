package com.clarifai.databricks.picture;

import com.clarifai.databricks.model.ImageFormat;
import com.google.protobuf.ByteString;

/** Whether a picture was cut off. What is behind its end is nobody's business. */
final class PictureEnd {

    private static final int JPEG_MARKERS = 2;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int PNG_CHUNKS = 8;
    private static final ByteString PNG_END = ByteString.copyFromUtf8("IEND");
    private static final int RIFF_HEADER = 8;

    private final ByteString file;

    private PictureEnd(ByteString file) {
        this.file = file;
    }

    /** Not known, and so false, of what is not built as its format says. */
    static boolean isMissing(ByteString file, ImageFormat format) {
        PictureEnd end = new PictureEnd(file);
        return switch (format) {
            case JPEG -> end.isMissingInJpeg();
            case PNG -> end.isMissingInPng();
            case WEBP -> PictureHeader.littleEndian(file, 4, 4) + RIFF_HEADER > file.size();
            case GIF -> GifEnd.isMissing(file);
            case BMP -> BmpEnd.isMissing(file);
            case TIFF -> TiffEnd.isMissing(file);
        };
    }

    /** A thumbnail in a segment has an end of its own: only the one behind the start of the scan counts. */
    private boolean isMissingInJpeg() {
        int position = JPEG_MARKERS;
        while (position + 4 <= file.size()) {
            if (at(position) != 0xFF) {
                return false;
            }
            int marker = at(position + 1);
            if (marker == START_OF_SCAN) {
                return !hasEndOfImage(position);
            }
            // any number of 0xFF may stand before a marker
            position += marker == 0xFF ? 1 : 2 + (at(position + 2) << 8 | at(position + 3));
        }
        return true;
    }

    private boolean hasEndOfImage(int from) {
        for (int i = file.size() - 2; i > from; i--) {
            if (at(i + 1) == END_OF_IMAGE && at(i) == 0xFF) {
                return true;
            }
        }
        return false;
    }

    private boolean isMissingInPng() {
        long position = PNG_CHUNKS;
        while (position + 12 <= file.size()) {
            int chunk = (int) position;
            if (file.substring(chunk + 4, chunk + 8).equals(PNG_END)) {
                return false;
            }
            long length = (long) at(chunk) << 24 | at(chunk + 1) << 16 | at(chunk + 2) << 8 | at(chunk + 3);
            position += 12 + length;
        }
        return true;
    }

    private int at(int position) {
        return file.byteAt(position) & 0xFF;
    }
}
