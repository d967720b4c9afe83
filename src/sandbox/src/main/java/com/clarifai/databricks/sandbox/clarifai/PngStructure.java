package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.ImageProbe.InvalidImageException;
import com.clarifai.grpc.api.ImageInfo;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The chunks of a PNG file (W3C PNG specification, section 5), with their checksums. */
final class PngStructure {

    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;

    private PngStructure() {}

    static ImageInfo parse(ByteBuffer bytes) throws InvalidImageException {
        try {
            return read(bytes);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw InvalidImageException.corrupt("PNG data ends too early");
        }
    }

    private static ImageInfo read(ByteBuffer bytes) throws InvalidImageException {
        bytes.position(SIGNATURE);
        ImageInfo info = null;
        boolean data = false;
        int type = 0;
        while (type != IEND) {
            int length = bytes.getInt();
            int start = bytes.position();
            type = bytes.getInt();
            if (type == IHDR) {
                info = header(bytes);
            }
            data |= type == IDAT && length > 0;
            CRC32 checksum = new CRC32();
            checksum.update(bytes.slice(start, Math.addExact(length, 4)));
            bytes.position(start + 4 + length);
            if (bytes.getInt() != (int) checksum.getValue()) {
                throw InvalidImageException.corrupt("PNG chunk with a wrong checksum");
            }
        }
        if (info == null || !data) {
            throw InvalidImageException.corrupt("PNG data without a picture");
        }
        return info;
    }

    private static ImageInfo header(ByteBuffer bytes) {
        int width = bytes.getInt();
        int height = bytes.getInt();
        bytes.get();
        String mode =
                switch (bytes.get()) {
                    case 0 -> "GRAY";
                    case 3 -> "PALETTE";
                    case 4 -> "GRAYA";
                    case 6 -> "RGBA";
                    default -> "RGB";
                };
        return ImageInfo.newBuilder()
                .setWidth(width)
                .setHeight(height)
                .setFormat("PNG")
                .setColorMode(mode)
                .build();
    }
}
