package com.clarifai.databricks.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Decimal numbers as people write them; Java alone would also take {@code 1f}, {@code 0x1p3} and {@code NaN}. */
final class Decimals {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,60})?|\\.\\d{1,60})([eE][+-]?\\d{1,3})?");

    private static final BigInteger EXACT_INTEGERS = BigInteger.TWO.pow(53);

    private Decimals() {}

    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /**
     * @return a Double, or a BigDecimal when the nearest double is another number
     * @throws RefusedValueException when its exponent is beyond all bounds
     */
    static Number exact(String decimal) {
        BigDecimal number;
        try {
            number = new BigDecimal(decimal);
        } catch (NumberFormatException e) {
            throw new RefusedValueException("not a number that can be read", decimal);
        }
        double nearest = Double.parseDouble(decimal);
        return Double.isInfinite(nearest) || isDouble(number) ? (Number) nearest : number;
    }

    /**
     * Whether a double keeps the number as it is written: its shortest decimal form is the same number, and a whole number
     * is within &plusmn;2<sup>53</sup>, beyond which its neighbours would become the same double.
     */
    static boolean isDouble(Number number) {
        if (number instanceof Double || number instanceof Float || number instanceof Integer) {
            return true;
        }
        if (number instanceof BigDecimal decimal) {
            double nearest = decimal.doubleValue();
            return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
        }
        BigInteger integer = number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
        return integer.abs().compareTo(EXACT_INTEGERS) <= 0;
    }
}
