package com.clarifai.databricks.csv;

/**
 * Follows the quotes of one CSV record, line by line, by RFC 4180; spaces around a quoted value are allowed.
 *
 * <p>The record comes out as it is, but for {@link CsvText#SEPARATOR} in place of the delimiter.
 */
final class RecordScan {

    enum State {
        /** The record ends with this line. */
        COMPLETE,
        /** A quoted value goes on in the next line. */
        OPEN,
        /** Text follows a closing quote. */
        BROKEN
    }

    private enum Place {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        AFTER_QUOTE
    }

    private final char delimiter;
    private final boolean backslashEscapes;
    private final StringBuilder record = new StringBuilder();
    private Place place = Place.FIELD_START;

    /** @param backslashEscapes whether {@code \"} is a quote in a quoted value, as Spark writes it */
    RecordScan(char delimiter, boolean backslashEscapes) {
        this.delimiter = delimiter;
        this.backslashEscapes = backslashEscapes;
    }

    int length() {
        return record.length();
    }

    /** The record so far, each of its lines with a line feed. */
    String record() {
        return record.toString();
    }

    State add(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (place == Place.QUOTED) {
                i = quoted(line, i);
            } else if (c == delimiter) {
                place = Place.FIELD_START;
                record.append(CsvText.SEPARATOR);
            } else if (place == Place.AFTER_QUOTE && !Character.isWhitespace(c)) {
                return State.BROKEN;
            } else {
                if (place == Place.FIELD_START && !Character.isWhitespace(c)) {
                    place = c == '"' ? Place.QUOTED : Place.UNQUOTED;
                }
                record.append(c);
            }
        }
        record.append('\n');
        return place == Place.QUOTED ? State.OPEN : State.COMPLETE;
    }

    /** @return the index of the last character that was dealt with */
    private int quoted(String line, int index) {
        char c = line.charAt(index);
        if (c == '"') {
            record.append('"');
            if (index + 1 < line.length() && line.charAt(index + 1) == '"') {
                record.append('"');
                return index + 1;
            }
            place = Place.AFTER_QUOTE;
            return index;
        }
        if (c == '\\' && backslashEscapes) {
            return escaped(line, index);
        }
        record.append(c);
        return index;
    }

    /** Of backslashes before a quote each pair is one, and a single one makes the quote part of the value. */
    private int escaped(String line, int index) {
        int end = index;
        while (end < line.length() && line.charAt(end) == '\\') {
            end++;
        }
        boolean beforeQuote = end < line.length() && line.charAt(end) == '"';
        int backslashes = end - index;
        record.append("\\".repeat(beforeQuote ? backslashes / 2 : backslashes));
        if (beforeQuote && backslashes % 2 == 1) {
            record.append("\"\"");
            return end;
        }
        return end - 1;
    }
}
