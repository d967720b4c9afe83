package com.clarifai.databricks.picture;

import com.clarifai.databricks.model.ForeignFormat;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.ImageLimits;
import com.google.protobuf.ByteString;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells before the upload what Clarifai would refuse after it: by the content, whatever the file is called. What a picture
 * shows is not looked at, and its bytes are sent as they are: with their EXIF orientation, colour profile, CMYK, 16 bits a
 * channel, and all frames of an animation.
 */
public final class PictureCheck {

    private static final int HEAD = 1024;

    private PictureCheck() {}

    /** Why the bytes cannot be an input; empty when they can, or when only Clarifai can tell. */
    public static Optional<String> refusal(ByteString file) {
        if (file.isEmpty()) {
            return Optional.of("The file is empty");
        }
        if (file.size() >= ImageLimits.MAX_BYTES) {
            return Optional.of(
                    "The image has " + file.size() + " bytes, Clarifai takes less than " + ImageLimits.MAX_BYTES);
        }
        byte[] head = file.substring(0, Math.min(file.size(), HEAD)).toByteArray();
        Optional<ImageFormat> format = ImageFormat.of(head);
        if (format.isEmpty()) {
            String found = ForeignFormat.of(head).map(ForeignFormat::inWords).orElse("not a picture of a known format");
            return Optional.of("The file is " + found + "; Clarifai takes JPEG, PNG, GIF, BMP, TIFF and WebP");
        }
        if (PictureEnd.isMissing(file, format.get())) {
            return Optional.of(
                    "The file was cut off: it has the beginning of a " + format.get() + " picture but not its end");
        }
        long pixels = PictureHeader.pixels(file, format.get()).orElse(0);
        return pixels > ImageLimits.MAX_PIXELS
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The image has %.1f megapixels, Clarifai takes at most %d",
                        pixels / 1e6,
                        ImageLimits.MAX_PIXELS / 1_000_000))
                : Optional.empty();
    }
}
