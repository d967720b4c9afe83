package com.clarifai.databricks.mapping;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Python's {@code repr} prints for data: dicts, lists, tuples, sets, strings, numbers, {@code True},
 * {@code False} and {@code None} (<a
 * href="https://docs.python.org/3/reference/lexical_analysis.html#literals">lexical rules</a>), and what the usual
 * libraries print: lists without commas as numpy's {@code str} gives them, {@code nan}, {@code inf}, {@code NaT},
 * {@code <NA>}, and the calls that {@link PythonCall} knows, such as {@code array(['cat'], dtype=object)}.
 *
 * <p>Also taken, because files that the original module imported hold them: JSON's {@code true}, {@code false},
 * {@code null} and its escape {@code \/}. Not taken: bytes, complex numbers, triple quotes, expressions, and lists that
 * numpy has cut short with {@code ...}.
 */
final class PythonLiteral {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*+(\\.[A-Za-z_]\\w*+)*+");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-](?=[a-zA-Z])");
    private static final Pattern KEYWORD = Pattern.compile("([A-Za-z_]\\w*+)\\s*+=\\s*+");
    private static final Pattern TYPE = Pattern.compile("<class '[\\w.]++'>");
    private static final String PANDAS_NA = "<NA>";
    private static final String CUT_SHORT = "...";
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
     * @return a {@code Map<String, Object>}, a {@code List<Object>}, a String, a Long or BigInteger, a Double (NaN and the
     *     infinities, too) or, when a double would not keep all digits, a BigDecimal, a Boolean or null
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
            case '{' -> dictOrSet(deeper(depth));
            case '[' -> list(deeper(depth));
            case '(' -> tuple(deeper(depth));
            case '\'', '"' -> string();
            case '<' -> missing();
            default -> Character.isLetter(c) || c == '_' ? word(depth) : number();
        };
    }

    private int deeper(int depth) {
        if (depth == maxDepth) {
            throw new RefusedValueException("nested more than " + maxDepth + " levels deep");
        }
        return depth + 1;
    }

    /** {@code {}} is a dict; whether another one is a dict or a set shows behind its first value. */
    private Object dictOrSet(int depth) {
        position++;
        if (ends('}')) {
            return new LinkedHashMap<String, Object>();
        }
        Object first = value(depth);
        skipSpace();
        return peek() == ':' ? dict(first, depth) : set(first, depth);
    }

    private Map<String, Object> dict(Object firstKey, int depth) {
        Map<String, Object> dict = new LinkedHashMap<>();
        String key = key(firstKey);
        while (true) {
            expect(':');
            Object value = value(depth);
            if (dict.containsKey(key)) {
                throw new RefusedValueException("the key " + key + " is there twice");
            }
            dict.put(key, value);
            separator('}');
            if (ends('}')) {
                return dict;
            }
            key = key(value(depth));
        }
    }

    /** JSON has text keys only: numbers and words are written as JSON writes them. */
    private String key(Object key) {
        if (key instanceof Map || key instanceof List) {
            throw new RefusedValueException(
                    "the key before character " + (position + 1) + " is neither text nor a number");
        }
        return String.valueOf(key);
    }

    private List<Object> set(Object first, int depth) {
        List<Object> set = new ArrayList<>();
        set.add(first);
        separator('}');
        while (!ends('}')) {
            set.add(value(depth));
            separator('}');
        }
        return set;
    }

    /** With commas, or as numpy prints arrays with white space between the items; a mixture may be a forgotten comma. */
    private List<Object> list(int depth) {
        position++;
        List<Object> list = new ArrayList<>();
        boolean spaced = false;
        while (!ends(']')) {
            if (text.startsWith(CUT_SHORT, position)) {
                throw new RefusedValueException("the list was cut short with ... when it was printed");
            }
            list.add(value(depth));
            int end = position;
            skipSpace();
            if (peek() == ',' && !spaced) {
                position++;
            } else if (peek() != ']') {
                if (position == end || list.size() > 1 && !spaced) {
                    throw unexpected();
                }
                spaced = true;
            }
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

    private Object missing() {
        if (!text.startsWith(PANDAS_NA, position)) {
            throw unexpected();
        }
        position += PANDAS_NA.length();
        return null;
    }

    private Object word(int depth) {
        Matcher word = WORD.matcher(text).region(position, text.length());
        if (!word.lookingAt()) {
            throw unexpected();
        }
        String name = word.group();
        int next = word.end() < text.length() ? text.charAt(word.end()) : ' ';
        if (next == '\'' || next == '"') {
            if (!name.equalsIgnoreCase("u")) {
                throw name.equalsIgnoreCase("b") ? new RefusedValueException("bytes are not text") : unexpected();
            }
            position = word.end();
            return string();
        }
        if (next == '(') {
            position = word.end() + 1;
            return call(name, deeper(depth));
        }
        Object value =
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "True", "true", "True_" -> true;
                    case "False", "false", "False_" -> false;
                    case "None", "null", "NaT", "NA" -> null;
                    case "nan", "NaN" -> Double.NaN;
                    case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
                    default -> throw unexpected();
                };
        position = word.end();
        return value;
    }

    /** Of named arguments only the last one of a name counts, as there are no two. */
    private Object call(String name, int depth) {
        List<Object> arguments = new ArrayList<>();
        Map<String, Object> named = new LinkedHashMap<>();
        while (!ends(')')) {
            Matcher keyword = KEYWORD.matcher(text).region(position, text.length());
            if (keyword.lookingAt()) {
                position = keyword.end();
                named.put(keyword.group(1), argument(depth));
            } else {
                arguments.add(argument(depth));
            }
            separator(')');
        }
        return PythonCall.value(name, arguments, named);
    }

    /** A value, or the name of a type, as in {@code dtype=object}. */
    private Object argument(int depth) {
        for (Pattern pattern : List.of(TYPE, WORD)) {
            Matcher type = pattern.matcher(text).region(position, text.length());
            if (type.lookingAt() && PythonCall.isTypeName(type.group()) && !text.startsWith("(", type.end())) {
                position = type.end();
                return new PythonCall.TypeName(type.group());
            }
        }
        return value(depth);
    }

    private Number number() {
        Matcher notFinite =
                NOT_FINITE.matcher(text).region(position, text.length()).useTransparentBounds(true);
        if (notFinite.lookingAt()) {
            position++;
            if (word(maxDepth) instanceof Double word) {
                return text.charAt(notFinite.start()) == '-' ? -word : word;
            }
            position = notFinite.start();
            throw unexpected();
        }
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
            return Decimals.exact(digits);
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
