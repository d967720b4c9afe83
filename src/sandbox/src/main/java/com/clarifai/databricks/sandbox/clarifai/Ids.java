package com.clarifai.databricks.sandbox.clarifai;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of inputs, annotations, datasets and apps: 1 to 48 letters, digits, {@code -} and {@code _}. */
final class Ids {

    static final String RULE = "must be between 1 and 48 characters long, only letters, digits, '-' and '_'";
    static final int MAX_LENGTH = 48;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_LENGTH + "}");

    private Ids() {}

    static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }

    /** 32 hexadecimal digits. */
    static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
