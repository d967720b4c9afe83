package com.clarifai.databricks.mapping;

/** What stands around a value and is no part of it: spaces of any width, byte order marks, spaces of no width. */
final class Surroundings {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private Surroundings() {}

    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSurrounding(text.charAt(start))) {
            start++;
        }
        while (end > start && isSurrounding(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSurrounding(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK || c == ZERO_WIDTH_SPACE;
    }
}
