package com.clarifai.databricks.sandbox.clarifai;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileCacheImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** The smaller sizes of an image, made anew for each download. */
enum Thumbnail {
    TINY(100),
    SMALL(300),
    LARGE(1280);

    private final int side;

    Thumbnail(int side) {
        this.side = side;
    }

    static Thumbnail of(String size) {
        return valueOf(size.toUpperCase(Locale.ROOT));
    }

    void send(ImageBytes image, HttpServerExchange exchange) throws IOException {
        try (InputStream bytes = image.open();
                ImageInputStream in = new FileCacheImageInputStream(bytes, null)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                exchange.setStatusCode(StatusCodes.NOT_FOUND);
                return;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, MediaFormat.JPEG.mediaType());
                exchange.getOutputStream().write(jpeg(reader));
            } finally {
                reader.dispose();
            }
        }
    }

    private byte[] jpeg(ImageReader reader) throws IOException {
        int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
        int step = Math.max(1, longest / (2 * side));
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        BufferedImage read = reader.read(0, param);
        double scale = Math.min(1.0, (double) side / Math.max(read.getWidth(), read.getHeight()));
        BufferedImage scaled = new BufferedImage(
                Math.max(1, (int) Math.round(read.getWidth() * scale)),
                Math.max(1, (int) Math.round(read.getHeight() * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(read, 0, 0, scaled.getWidth(), scaled.getHeight(), Color.WHITE, null);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(scaled, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
