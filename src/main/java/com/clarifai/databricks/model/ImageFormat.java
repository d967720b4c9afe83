package com.clarifai.databricks.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The image formats that Clarifai takes, told apart by their first bytes. The names are those of its {@code ImageInfo}. */
public enum ImageFormat {
    JPEG("\\xFF\\xD8\\xFF"),
    PNG("\\x89PNG\\r\\n\\x1A\\n"),
    GIF("GIF8[79]a"),
    BMP("BM"),
    /** The last two signatures are those of BigTIFF. */
    TIFF("II\\*\\x00|MM\\x00\\*|II\\+\\x00|MM\\x00\\+"),
    WEBP("RIFF....WEBP");

    private static final int SIGNATURE_BYTES = 12;

    private final Pattern signature;

    ImageFormat(String signature) {
        this.signature = Pattern.compile(signature, Pattern.DOTALL);
    }

    /** The format of a file with these bytes; empty when it is none of these. */
    public static Optional<ImageFormat> of(byte[] file) {
        // each byte becomes the character with its number
        String head = new String(file, 0, Math.min(file.length, SIGNATURE_BYTES), StandardCharsets.ISO_8859_1);
        return formats()
                .filter(format -> format.signature.matcher(head).lookingAt())
                .findFirst();
    }

    /** Clarifai's name of the format, in any case; empty for others such as {@code UnknownImageFormat}. */
    public static Optional<ImageFormat> named(String name) {
        return formats().filter(format -> format.name().equalsIgnoreCase(name)).findFirst();
    }

    private static Stream<ImageFormat> formats() {
        return Arrays.stream(values());
    }

    /** As the original module names its files: the format in lower case, {@code jpeg} and not {@code jpg}. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
