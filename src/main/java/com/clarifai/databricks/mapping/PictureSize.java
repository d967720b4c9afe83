package com.clarifai.databricks.mapping;

import java.util.Optional;

/** Width and height of a picture in pixels. */
record PictureSize(int width, int height) {

    private static final int MAX_DIGITS = 9;

    /** Empty when these are not two whole numbers above 0. */
    static Optional<PictureSize> of(Object width, Object height) {
        int w = pixels(width);
        int h = pixels(height);
        return w > 0 && h > 0 ? Optional.of(new PictureSize(w, h)) : Optional.empty();
    }

    private static int pixels(Object value) {
        String text = value instanceof String || value instanceof Number ? SqlValues.text(value) : null;
        if (text == null) {
            return 0;
        }
        String digits = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        boolean whole = digits.length() <= MAX_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return whole && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    }
}
