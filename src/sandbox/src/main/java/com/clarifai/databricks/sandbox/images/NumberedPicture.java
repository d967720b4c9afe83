package com.clarifai.databricks.sandbox.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small picture (about 1 kB) that differs from that of any other number: its first 8 x 8 squares, each one block of
 * JPEG's compression, show the number's bits.
 *
 * @param width in pixels, at least {@value #SMALLEST}, as the height
 * @param format as ImageIO names it: {@code jpeg} or {@code png}
 */
public record NumberedPicture(long number, int width, int height, String format) {

    private static final int SQUARES = 8;
    private static final int SIDE = 8;
    private static final int SMALLEST = SQUARES * SIDE;
    private static final float GOLDEN_RATIO = 0.618034f;

    /** The smallest one, as JPEG. */
    public NumberedPicture(long number) {
        this(number, SMALLEST, SMALLEST, "jpeg");
    }

    public byte[] bytes() throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        // neighbours differ in hue as far as possible
        graphics.setColor(Color.getHSBColor(number * GOLDEN_RATIO % 1, 0.6f, 0.9f));
        for (int bit = 0; bit < SQUARES * SQUARES; bit++) {
            if ((number >>> bit & 1) == 1) {
                graphics.fillRect(bit % SQUARES * SIDE, bit / SQUARES * SIDE, SIDE, SIDE);
            }
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO would pass a plain stream through a temporary file
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, format, out);
        }
        return bytes.toByteArray();
    }
}
