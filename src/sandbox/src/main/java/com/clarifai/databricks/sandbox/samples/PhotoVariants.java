package com.clarifai.databricks.sandbox.samples;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Any number of small pictures cut from the sample photographs; the same number always gives the same picture. */
final class PhotoVariants {

    private record Source(SamplePhoto photo, byte[] file, BufferedImage image) {}

    private final List<Source> all = new ArrayList<>();
    private final List<Source> webp = new ArrayList<>();

    /** Decodes every photograph once (about 25 MB). */
    PhotoVariants() throws IOException {
        for (SamplePhoto photo : SamplePhoto.ALL) {
            Source source = new Source(photo, photo.bytes(), photo.decode());
            all.add(source);
            if (photo.path().endsWith(".webp")) {
                webp.add(source);
            }
        }
    }

    /** The photograph that a variant in the given format is made of. */
    SamplePhoto photo(int number, SampleFormat format) {
        return source(number, format).photo();
    }

    /** A file of 4 to 60 kB. */
    byte[] encode(int number, SampleFormat format) throws IOException {
        if (format == SampleFormat.WEBP) {
            Source source = source(number, format);
            return WebpMetadata.withIdentifier(
                    source.file(), source.image().getWidth(), source.image().getHeight(), "sample-" + number);
        }
        int width =
                switch (format) {
                    case JPEG -> 360;
                    case GIF -> 200;
                    default -> 136;
                };
        return format.encode(render(number, format, width));
    }

    /** Cuts a random part with sides of 4:3 out of the photograph, scales it to the width and changes its brightness. */
    BufferedImage render(int number, SampleFormat format, int width) {
        BufferedImage photo = source(number, format).image();
        int height = width * 3 / 4;
        SplittableRandom random = new SplittableRandom(number);
        double largest = Math.min(photo.getWidth() / 4.0, photo.getHeight() / 3.0);
        double unit = largest * random.nextDouble(0.5, 1);
        int x = (int) random.nextDouble(photo.getWidth() - 4 * unit + 1);
        int y = (int) random.nextDouble(photo.getHeight() - 3 * unit + 1);

        BufferedImage variant = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = variant.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(photo, 0, 0, width, height, x, y, (int) (x + 4 * unit), (int) (y + 3 * unit), null);
        graphics.dispose();
        float contrast = (float) random.nextDouble(0.8, 1.1);
        float brightness = (float) random.nextDouble(-16, 16);
        return new RescaleOp(contrast, brightness, null).filter(variant, variant);
    }

    private Source source(int number, SampleFormat format) {
        List<Source> sources = format == SampleFormat.WEBP ? webp : all;
        return sources.get(Math.floorMod(number, sources.size()));
    }
}
