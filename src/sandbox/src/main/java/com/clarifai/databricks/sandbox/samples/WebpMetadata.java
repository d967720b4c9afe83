package com.clarifai.databricks.sandbox.samples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Adds an XMP packet to a WebP file, so that files with the same picture differ.
 *
 * <p>Container: RFC 9649, section 2. Metadata needs the extended layout, {@code RIFF size WEBP | VP8X | VP8 | XMP }.
 */
final class WebpMetadata {

    private static final int FILE_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED_HEADER = 10;
    private static final int XMP_FLAG = 0b100;

    private WebpMetadata() {}

    /**
     * @param webp a file in the simple layout: one {@code VP8 } chunk of the given size in pixels
     * @param identifier set as {@code dc:identifier}
     */
    static byte[] withIdentifier(byte[] webp, int width, int height, String identifier) {
        byte[] xmp = packet(identifier);
        int padding = xmp.length % 2;
        int size = webp.length + CHUNK_HEADER + EXTENDED_HEADER + CHUNK_HEADER + xmp.length + padding;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(size - CHUNK_HEADER).put(ascii("WEBP"));
        file.put(ascii("VP8X")).putInt(EXTENDED_HEADER).putInt(XMP_FLAG);
        putInt24(file, width - 1);
        putInt24(file, height - 1);
        file.put(webp, FILE_HEADER, webp.length - FILE_HEADER);
        file.put(ascii("XMP ")).putInt(xmp.length).put(xmp);
        return file.array();
    }

    private static void putInt24(ByteBuffer file, int value) {
        file.putShort((short) value).put((byte) (value >> 16));
    }

    private static byte[] packet(String identifier) {
        return """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
                <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>%s</dc:identifier>\
                </rdf:Description></rdf:RDF></x:xmpmeta>""".formatted(identifier).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
