package com.clarifai.databricks.csv;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user has said about the files; null where it is to be found out.
 *
 * @param quote {@link Dialect#NONE} for files that quote nothing
 * @param escape the same as the quote where a quote in a value is written twice; {@link Dialect#NONE} for neither
 */
public record DialectOptions(Charset charset, Character delimiter, Character quote, Character escape) {

    /** Everything is to be found out. */
    public static final DialectOptions UNTOLD = new DialectOptions(null, null, null, null);

    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("comma", ','),
            Map.entry("semicolon", ';'),
            Map.entry("tab", '\t'),
            Map.entry("pipe", '|'),
            Map.entry("space", ' '),
            Map.entry("colon", ':'),
            Map.entry("double", '"'),
            Map.entry("single", '\''),
            Map.entry("backslash", '\\'),
            Map.entry("none", Dialect.NONE),
            Map.entry("\\t", '\t'),
            Map.entry("\\\\", '\\'));

    private static final Pattern CONTROL = Pattern.compile("\\^([A-Z\\[\\]^_])");
    private static final Pattern CODE = Pattern.compile("(?:\\\\u|\\\\x|0x|U\\+)([0-9A-Fa-f]{1,4})");
    private static final String HOW =
            " (one character, a name such as comma, semicolon, tab, pipe, or a code such as \\u0001)";

    /**
     * Each may be null or empty where the file is to tell.
     *
     * @param charset a name that Java knows: UTF-8, windows-1251, Shift_JIS, UTF-16LE
     * @param delimiter a character, or its name, {@code tab}, or code, {@code ^A}, {@code \u0001}
     * @param quote the same, or {@code none}
     * @param escape the same; {@code double} or {@code "} where quotes are written twice
     * @throws WrongDialectException naming the parameter and what it may be
     */
    public static DialectOptions of(String charset, String delimiter, String quote, String escape) {
        Character mark = character("quote", quote);
        Character separator = character("delimiter", delimiter);
        Character escaping = character("escape", escape);
        if (separator != null && (separator == Dialect.NONE || separator == '\n' || separator == '\r')) {
            throw new WrongDialectException("delimiter", "'" + delimiter + "' separates no values");
        }
        if (separator != null && (separator.equals(mark) || separator.equals(escaping))) {
            throw new WrongDialectException("delimiter", "it is the same character as quote or escape");
        }
        return new DialectOptions(charset(charset), separator, mark, escaping);
    }

    private static Charset charset(String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new WrongDialectException(
                    "charset",
                    "there is no charset '" + name
                            + "'; known are UTF-8, UTF-16LE, windows-1252, windows-1251, Shift_JIS, GB18030 and"
                            + " others");
        }
    }

    private static Character character(String parameter, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() == 1) {
            return text.charAt(0);
        }
        Character named = NAMES.get(text.strip().toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        Matcher control = CONTROL.matcher(text.strip());
        if (control.matches()) {
            return (char) (control.group(1).charAt(0) - '@');
        }
        Matcher code = CODE.matcher(text.strip());
        if (code.matches()) {
            return (char) Integer.parseInt(code.group(1), 16);
        }
        throw new WrongDialectException(parameter, "'" + text + "' is not a character" + HOW);
    }
}
