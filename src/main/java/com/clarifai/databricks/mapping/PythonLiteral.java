package com.clarifai.databricks.mapping;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Python's {@code repr} prints for data: dicts, lists, tuples, strings, numbers, {@code True}, {@code False}
 * and {@code None} (<a href="https://docs.python.org/3/reference/lexical_analysis.html#literals">lexical rules</a>).
 *
 * <p>Also taken, because files that the original module imported hold them: JSON's {@code true}, {@code false},
 * {@code null} and its escape {@code \/}. Not taken: sets, bytes, complex numbers, triple quotes and expressions.
 */
final class PythonLiteral {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d++");
    private static final int LONG_DIGITS = 18;
    private static final int MAX_DIGITS = 400;

    private final String text;
    private final int maxDepth;
    private int position;

    private PythonLiteral(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /**
     * @return a {@code Map<String, Object>}, a {@code List<Object>}, a String, a Long or BigInteger, a Double, a Boolean
     *     or null
     * @throws RefusedValueException when the text is not such a literal or is nested more deeply than {@code maxDepth}
     */
    static Object parse(String text, int maxDepth) {
        PythonLiteral literal = new PythonLiteral(text, maxDepth);
        Object value = literal.value(0);
        literal.skipSpace();
        if (literal.position < text.length()) {
            throw literal.unexpected();
        }
        return value;
    }

    private Object value(int depth) {
        skipSpace();
        char c = peek();
        return switch (c) {
            case '{' -> dict(deeper(depth));
            case '[' -> list(deeper(depth));
            case '(' -> tuple(deeper(depth));
            case '\'', '"' -> string();
            default -> Character.isLetter(c) || c == '_' ? word() : number();
        };
    }

    private int deeper(int depth) {
        if (depth == maxDepth) {
            throw new RefusedValueException("nested more than " + maxDepth + " levels deep");
        }
        return depth + 1;
    }

    private Map<String, Object> dict(int depth) {
        position++;
        Map<String, Object> dict = new LinkedHashMap<>();
        while (!ends('}')) {
            String key = key(depth);
            expect(':');
            dict.put(key, value(depth));
            separator('}');
        }
        return dict;
    }

    /** JSON has text keys only: numbers and words are written as JSON writes them. */
    private String key(int depth) {
        Object key = value(depth);
        if (key instanceof Map || key instanceof List) {
            throw new RefusedValueException(
                    "the key before character " + (position + 1) + " is neither text nor a number");
        }
        return String.valueOf(key);
    }

    private List<Object> list(int depth) {
        position++;
        List<Object> list = new ArrayList<>();
        while (!ends(']')) {
            list.add(value(depth));
            separator(']');
        }
        return list;
    }

    /** {@code (1, 2)} and {@code (1,)} are tuples, {@code (1)} is 1. */
    private Object tuple(int depth) {
        position++;
        List<Object> items = new ArrayList<>();
        boolean comma = false;
        while (!ends(')')) {
            items.add(value(depth));
            comma |= separator(')');
        }
        return items.size() == 1 && !comma ? items.get(0) : items;
    }

    private boolean ends(char close) {
        skipSpace();
        if (peek() != close) {
            return false;
        }
        position++;
        return true;
    }

    private boolean separator(char close) {
        skipSpace();
        if (peek() == ',') {
            position++;
            return true;
        }
        if (peek() != close) {
            throw unexpected();
        }
        return false;
    }

    private void expect(char c) {
        skipSpace();
        if (peek() != c) {
            throw unexpected();
        }
        position++;
    }

    private Object word() {
        Matcher word = WORD.matcher(text).region(position, text.length());
        if (!word.lookingAt()) {
            throw unexpected();
        }
        String name = word.group();
        boolean prefix =
                word.end() < text.length() && (text.charAt(word.end()) == '\'' || text.charAt(word.end()) == '"');
        if (prefix && name.equalsIgnoreCase("u")) {
            position = word.end();
            return string();
        }
        Object value =
                switch (name) {
                    case "True", "true" -> true;
                    case "False", "false" -> false;
                    case "None", "null" -> null;
                    default -> throw unexpected();
                };
        position = word.end();
        return value;
    }

    private Number number() {
        Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw unexpected();
        }
        String digits = number.group();
        if (digits.length() > MAX_DIGITS) {
            throw new RefusedValueException("the number at character " + (position + 1) + " is too long");
        }
        position = number.end();
        if (!INTEGER.matcher(digits).matches()) {
            return Double.valueOf(digits);
        }
        if (digits.length() <= LONG_DIGITS) {
            return Long.valueOf(digits);
        }
        BigInteger integer = new BigInteger(digits);
        if (integer.bitLength() < Long.SIZE) {
            return integer.longValue();
        }
        return integer;
    }

    private String string() {
        int start = position;
        char quote = text.charAt(position++);
        StringBuilder string = new StringBuilder();
        while (true) {
            if (position >= text.length() || text.charAt(position) == '\n') {
                throw new RefusedValueException("the text that starts at character " + (start + 1) + " does not end");
            }
            char c = text.charAt(position++);
            if (c == quote) {
                return string.toString();
            }
            if (c == '\\') {
                escape(string);
            } else {
                string.append(c);
            }
        }
    }

    private void escape(StringBuilder string) {
        char c = peek();
        position++;
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"', '/' -> string.append(c);
            case 'a' -> string.append('\u0007');
            case 'b' -> string.append('\b');
            case 'f' -> string.append('\f');
            case 'n' -> string.append('\n');
            case 'r' -> string.append('\r');
            case 't' -> string.append('\t');
            case 'v' -> string.append('\u000B');
            case 'x' -> string.appendCodePoint(code(2, 16));
            case 'u' -> string.append((char) code(4, 16));
            case 'U' -> string.appendCodePoint(code(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                string.appendCodePoint(code(octalDigits(), 8));
            }
            // Python keeps a backslash that starts no escape
            default -> string.append('\\').append(c);
        }
    }

    private int octalDigits() {
        int digits = 1;
        while (digits < 3
                && position + digits < text.length()
                && Character.digit(text.charAt(position + digits), 8) >= 0) {
            digits++;
        }
        return digits;
    }

    private int code(int digits, int radix) {
        long code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), radix);
            if (digit < 0) {
                throw unexpected();
            }
            code = code * radix + digit;
            position++;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw new RefusedValueException("no such character before character " + (position + 1));
        }
        return (int) code;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw new RefusedValueException("the end comes too early");
        }
        return text.charAt(position);
    }

    private RefusedValueException unexpected() {
        return new RefusedValueException(
                "unexpected " + Character.toString(text.codePointAt(position)) + " at character " + (position + 1));
    }
}
