package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.ImageProbe.InvalidImageException;
import com.clarifai.grpc.api.ImageInfo;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The segments of a JPEG file (ITU-T T.81, annex B), from the start of the image to its end. */
final class JpegStructure {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

    private final ByteBuffer bytes;
    private ImageInfo info;
    private boolean scanned;

    private JpegStructure(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static ImageInfo parse(ByteBuffer bytes) throws InvalidImageException {
        try {
            return new JpegStructure(bytes).read();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw InvalidImageException.corrupt("JPEG data ends too early");
        }
    }

    private ImageInfo read() throws InvalidImageException {
        bytes.position(2);
        int marker = nextMarker();
        while (marker != END_OF_IMAGE) {
            int length = Short.toUnsignedInt(bytes.getShort()) - 2;
            if (length < 0) {
                throw InvalidImageException.corrupt("corrupt JPEG segment");
            }
            int end = bytes.position() + length;
            if (isFrame(marker)) {
                info = frame();
            }
            bytes.position(end);
            if (marker == START_OF_SCAN) {
                skipScan();
            }
            marker = nextMarker();
        }
        if (info == null || !scanned) {
            throw InvalidImageException.corrupt("JPEG data without a picture");
        }
        return info;
    }

    private int nextMarker() throws InvalidImageException {
        if (Byte.toUnsignedInt(bytes.get()) != 0xFF) {
            throw InvalidImageException.corrupt("JPEG marker expected");
        }
        int marker = 0xFF;
        while (marker == 0xFF) {
            marker = Byte.toUnsignedInt(bytes.get());
        }
        return marker;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private ImageInfo frame() {
        bytes.get();
        int height = Short.toUnsignedInt(bytes.getShort());
        int width = Short.toUnsignedInt(bytes.getShort());
        String mode =
                switch (bytes.get()) {
                    case 1 -> "GRAY";
                    case 4 -> "CMYK";
                    default -> "YUV";
                };
        return ImageInfo.newBuilder()
                .setWidth(width)
                .setHeight(height)
                .setFormat("JPEG")
                .setColorMode(mode)
                .build();
    }

    /** Goes over coded data up to the next marker that is no stuffing and no restart. */
    private void skipScan() {
        int begin = bytes.position();
        while (true) {
            if (bytes.get() == (byte) 0xFF) {
                int next = Byte.toUnsignedInt(bytes.get(bytes.position()));
                if (next == 0xFF) {
                    continue;
                }
                if (next != 0 && (next < 0xD0 || next > 0xD7)) {
                    bytes.position(bytes.position() - 1);
                    scanned |= bytes.position() > begin;
                    return;
                }
                bytes.get();
            }
        }
    }
}
