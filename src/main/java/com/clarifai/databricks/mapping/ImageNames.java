package com.clarifai.databricks.mapping;

import com.clarifai.databricks.model.CleanNames;
import com.clarifai.databricks.model.ImageFormat;
import java.util.regex.Pattern;

/**
 * File names of exported images: {@code <input_id>.<format>}.
 *
 * <p>An id that is not safe as a file name wherever the folder may be copied to is cleaned, shortened and followed by a
 * tilde and 16 hexadecimal digits of its SHA-256. No safe id has a tilde, so that no input takes another's name.
 */
public final class ImageNames {

    /** Letters, digits, hyphens, underscores, and dots inside: POSIX's portable file names, none of them hidden. */
    private static final Pattern SAFE = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /** Windows keeps these for devices, whatever their extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final int MAX_STEM = 48;

    private ImageNames() {}

    public static String fileName(String inputId, ImageFormat format) {
        return stem(inputId) + "." + format.extension();
    }

    private static String stem(String inputId) {
        boolean safe =
                SAFE.matcher(inputId).matches() && !DEVICE.matcher(inputId).matches();
        if (safe) {
            return inputId;
        }
        String start = CleanNames.clean(inputId, MAX_STEM);
        return (start.isEmpty() ? "image" : start) + "~" + CleanNames.hash(inputId);
    }
}
