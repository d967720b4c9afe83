package com.clarifai.databricks.sandbox.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small JPEG (64 x 64 pixels, about 1 kB) that differs from that of any other number: its 8 x 8 squares, each one block
 * of the compression, show the number's bits.
 */
record NumberedPicture(long number) {

    private static final int SQUARES = 8;
    private static final int SIDE = 8;
    private static final float GOLDEN_RATIO = 0.618034f;

    byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(SQUARES * SIDE, SQUARES * SIDE, BufferedImage.TYPE_INT_RGB);
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
            ImageIO.write(image, "jpeg", out);
        }
        return bytes.toByteArray();
    }
}
