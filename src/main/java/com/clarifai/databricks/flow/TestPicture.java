package com.clarifai.databricks.flow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;

/** A small picture that no other is equal to. */
public final class TestPicture {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    /** @return a PNG file */
    public static byte[] draw() throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < WIDTH; x++) {
            for (int y = 0; y < HEIGHT; y++) {
                picture.setRGB(x, y, ThreadLocalRandom.current().nextInt());
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return file.toByteArray();
    }

    private TestPicture() {}
}
