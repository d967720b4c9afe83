package com.clarifai.databricks.picture;

import com.clarifai.databricks.model.ImageFormat;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStreamImpl;

/** How many pixels a picture has, as its header says; nothing is decoded. */
final class PictureHeader {

    private static final int WEBP_CHUNK = 12;
    private static final int WEBP_DATA = 20;
    private static final int WEBP_HEADER = 30;

    private PictureHeader() {}

    /** Empty when the header does not say, or cannot be read. */
    static OptionalLong pixels(ByteString file, ImageFormat format) {
        return format == ImageFormat.WEBP ? webpPixels(file) : pixelsByReader(file, format);
    }

    private static OptionalLong pixelsByReader(ByteString file, ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            return OptionalLong.empty();
        }
        ImageReader reader = readers.next();
        try (Bytes bytes = new Bytes(file)) {
            reader.setInput(bytes, true, true);
            return OptionalLong.of((long) reader.getWidth(0) * reader.getHeight(0));
        } catch (IOException | RuntimeException e) {
            // readers answer what they cannot read with any kind of exception; Clarifai may know better
            return OptionalLong.empty();
        } finally {
            reader.dispose();
        }
    }

    /** See the <a href="https://developers.google.com/speed/webp/docs/riff_container">container specification</a>. */
    private static OptionalLong webpPixels(ByteString file) {
        if (file.size() < WEBP_HEADER) {
            return OptionalLong.empty();
        }
        return switch (file.substring(WEBP_CHUNK, WEBP_CHUNK + 4).toStringUtf8()) {
            case "VP8 " -> OptionalLong.of((littleEndian(file, 26, 2) & 0x3FFF) * (littleEndian(file, 28, 2) & 0x3FFF));
            case "VP8L" -> {
                long bits = littleEndian(file, WEBP_DATA + 1, 4);
                yield OptionalLong.of(((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1));
            }
            case "VP8X" ->
                OptionalLong.of(
                        (littleEndian(file, WEBP_DATA + 4, 3) + 1) * (littleEndian(file, WEBP_DATA + 7, 3) + 1));
            default -> OptionalLong.empty();
        };
    }

    static long littleEndian(ByteString file, int offset, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | file.byteAt(offset + i) & 0xFF;
        }
        return number;
    }

    /** The bytes as ImageIO reads them, without a copy. */
    private static final class Bytes extends ImageInputStreamImpl {

        private final ByteString bytes;

        Bytes(ByteString bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            bitOffset = 0;
            return streamPos < bytes.size() ? bytes.byteAt((int) streamPos++) & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            bitOffset = 0;
            if (streamPos >= bytes.size()) {
                return -1;
            }
            int count = (int) Math.min(length, bytes.size() - streamPos);
            bytes.copyTo(target, (int) streamPos, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return bytes.size();
        }
    }
}
