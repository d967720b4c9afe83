package com.clarifai.databricks.csv;

/**
 * How the values of a file are written down.
 *
 * @param quote what surrounds values that hold delimiters, quotes or line breaks, or {@link #NONE}
 * @param escape what stands before a quote in a quoted value: the quote itself where it is written twice; another
 *     character, which then also stands before itself; or {@link #NONE}
 */
public record Dialect(char delimiter, char quote, char escape) {

    /** No such character. */
    public static final char NONE = '\0';

    boolean doublesQuotes() {
        return escape == quote;
    }

    /** In words: {@code comma, quotes doubled}. */
    @Override
    public String toString() {
        return nameOf(delimiter) + ", " + quoting();
    }

    private String quoting() {
        if (quote == NONE) {
            return "no quotes";
        }
        String quotes = quote == '"' ? "quotes" : quote == '\'' ? "single quotes" : nameOf(quote) + " as quote";
        if (doublesQuotes()) {
            return quotes + " doubled";
        }
        return escape == NONE ? quotes + " not escaped" : quotes + " escaped by " + nameOf(escape);
    }

    static String nameOf(char c) {
        return switch (c) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "pipe";
            case ' ' -> "space";
            case '\\' -> "backslash";
            default -> c < ' ' ? String.format("U+%04X", (int) c) : "'" + c + "'";
        };
    }
}
