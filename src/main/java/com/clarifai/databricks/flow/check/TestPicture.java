package com.clarifai.databricks.flow.check;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;

/** Pictures that no other is equal to. */
public final class TestPicture {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int LARGE = 2_000;

    /** @return a PNG file */
    public static byte[] draw() throws IOException {
        return draw(WIDTH, HEIGHT);
    }

    /** @return a PNG file of about 12 MB: chance cannot be compressed */
    public static byte[] drawLarge() throws IOException {
        return draw(LARGE, LARGE);
    }

    private static byte[] draw(int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                picture.setRGB(x, y, ThreadLocalRandom.current().nextInt());
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return file.toByteArray();
    }

    private TestPicture() {}
}
