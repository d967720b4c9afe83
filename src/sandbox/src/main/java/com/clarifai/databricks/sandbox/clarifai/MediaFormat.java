package com.clarifai.databricks.sandbox.clarifai;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The documented image formats, told apart by their first bytes. */
enum MediaFormat {
    JPEG("image/jpeg"),
    PNG("image/png"),
    GIF("image/gif"),
    BMP("image/bmp"),
    TIFF("image/tiff"),
    WEBP("image/webp");

    /** Bytes needed to tell. */
    static final int HEAD = 12;

    private final String mediaType;

    MediaFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    static Optional<MediaFormat> of(ByteBuffer head) {
        if (head.limit() < HEAD) {
            return Optional.empty();
        }
        int first = head.getInt(0);
        if (first >>> 8 == 0xFFD8FF) {
            return Optional.of(JPEG);
        }
        if (first >>> 16 == 0x424D) {
            return Optional.of(BMP);
        }
        return switch (first) {
            case 0x89504E47 -> Optional.of(PNG);
            case 0x47494638 -> Optional.of(GIF);
            case 0x49492A00, 0x4D4D002A -> Optional.of(TIFF);
            case 0x52494646 -> head.getInt(8) == 0x57454250 ? Optional.of(WEBP) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
