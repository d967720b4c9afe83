package com.clarifai.databricks.sandbox.samples;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A photograph shipped with the sandbox. Authors and licences: {@code samples/photos/SOURCES.md}.
 *
 * @param path folder, which is its label, and file name, such as {@code animals/cat.jpg}
 */
public record SamplePhoto(String path) {

    /** All of them. A list, because the entries of a folder on the classpath cannot be listed portably. */
    public static final List<SamplePhoto> ALL = Stream.of(
                    "animals/cat.jpg",
                    "animals/dogs-at-a-window.jpg",
                    "animals/dragonfly.jpg",
                    "animals/nuthatch.webp",
                    "city/brick-pavement.bmp",
                    "city/bridge-cables.tiff",
                    "city/cameraman.png",
                    "food/coffee.png",
                    "food/fig.jpg",
                    "food/wine.jpeg",
                    "landscapes/autumn-mountains.jpg",
                    "landscapes/forest-stream.webp",
                    "landscapes/mountain-path.jpg",
                    "landscapes/sunset.jpg",
                    "objects/paint-brushes.jpg",
                    "objects/wall-clock.webp",
                    "plants/dandelion.jpg",
                    "plants/grass.gif",
                    "space/galaxies.jpg",
                    "space/rocket.jpg")
            .map(SamplePhoto::new)
            .toList();

    public String label() {
        return path.substring(0, path.indexOf('/'));
    }

    /** The file's name without folder and extension. */
    public String title() {
        return path.substring(path.indexOf('/') + 1, path.lastIndexOf('.'));
    }

    public byte[] bytes() throws IOException {
        String resource = "/samples/photos/" + path;
        try (InputStream in = SamplePhoto.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("no " + resource + " on the classpath");
            }
            return in.readAllBytes();
        }
    }

    /** The picture as 8-bit RGB, whatever the colour model of its file. */
    BufferedImage decode() throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(bytes()));
        if (decoded == null) {
            throw new IOException("no reader for " + path);
        }
        BufferedImage rgb = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = rgb.createGraphics();
        graphics.drawImage(decoded, 0, 0, null);
        graphics.dispose();
        return rgb;
    }
}
