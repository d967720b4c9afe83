package com.clarifai.databricks.mapping;

import java.util.regex.Pattern;

/** Decimal numbers as people write them; Java alone would also take {@code 1f}, {@code 0x1p3} and {@code NaN}. */
final class Decimals {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,60})?|\\.\\d{1,60})([eE][+-]?\\d{1,3})?");

    private Decimals() {}

    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }
}
