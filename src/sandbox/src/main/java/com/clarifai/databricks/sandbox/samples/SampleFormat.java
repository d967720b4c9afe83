package com.clarifai.databricks.sandbox.samples;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The image formats that Clarifai accepts, by their names in ImageIO. */
public enum SampleFormat {
    @JsonProperty("jpeg")
    JPEG,
    @JsonProperty("png")
    PNG,
    @JsonProperty("tiff")
    TIFF,
    @JsonProperty("webp")
    WEBP,
    @JsonProperty("bmp")
    BMP,
    @JsonProperty("gif")
    GIF;

    /** The format that a file extension, in upper or lower case, stands for. */
    static SampleFormat ofExtension(String extension) {
        String lowerCase = extension.toLowerCase(Locale.ROOT);
        return switch (lowerCase) {
            case "jpg" -> JPEG;
            case "tif" -> TIFF;
            default -> valueOf(lowerCase.toUpperCase(Locale.ROOT));
        };
    }

    /**
     * Encodes an RGB image.
     *
     * @throws IOException for WebP, which ImageIO can read but not write
     */
    byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO would pass a plain stream through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(this == GIF ? indexed(image) : image, name(), out)) {
                throw new IOException("no writer for " + this);
            }
        }
        return bytes.toByteArray();
    }

    /** Draws the image with the standard palette: far quicker than the palette the GIF writer would compute. */
    private static BufferedImage indexed(BufferedImage image) {
        BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D graphics = indexed.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return indexed;
    }
}
