package com.clarifai.databricks.sandbox.clarifai;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of inputs, annotations, datasets and apps: 1 to 48 letters, digits, {@code -} and {@code _}. */
final class Ids {

    static final String RULE = "must be between 1 and 48 characters long, only letters, digits, '-' and '_'";
    static final int MAX_LENGTH = 48;
    private static final int TIME_DIGITS = 12;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_LENGTH + "}");

    private Ids() {}

    static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }

    /**
     * 32 hexadecimal digits: milliseconds, then chance. Ids that grow with time touch few pages of the store at once,
     * where entirely random ones would have nearly all of it rewritten.
     */
    static String random() {
        String chance = UUID.randomUUID().toString().replace("-", "");
        return String.format("%012x", System.currentTimeMillis()) + chance.substring(TIME_DIGITS);
    }
}
