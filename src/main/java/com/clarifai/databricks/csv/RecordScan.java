package com.clarifai.databricks.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes one CSV record apart, line by line.
 *
 * <p>Values are quoted or not; a quote inside a value that does not begin with one is a character like others. Spaces
 * around a value do not belong to it, those within quotes do. In a quoted value the dialect's escape character stands
 * before a quote or before itself, and is a character like others anywhere else. Quotes written twice are taken in any
 * dialect.
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

    private final Dialect dialect;
    private final List<String> values = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private Place place = Place.FIELD_START;
    private boolean doubledQuotes;
    private boolean quotedBackslashes;

    RecordScan(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Those of a record that is complete. */
    List<String> values() {
        return values;
    }

    /** Whether a quote was written twice in a quoted value. */
    boolean hasDoubledQuotes() {
        return doubledQuotes;
    }

    /** Whether there was a backslash in a quoted value. */
    boolean hasQuotedBackslashes() {
        return quotedBackslashes;
    }

    State add(String line) {
        if (place == Place.QUOTED) {
            value.append('\n');
        }
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (place == Place.QUOTED) {
                i = quoted(line, i);
            } else if (c == dialect.delimiter()) {
                endValue();
            } else if (place == Place.AFTER_QUOTE) {
                if (!Character.isWhitespace(c)) {
                    return State.BROKEN;
                }
            } else if (place == Place.UNQUOTED) {
                value.append(c);
            } else if (!Character.isWhitespace(c)) {
                begin(c);
            }
        }
        if (place == Place.QUOTED) {
            return State.OPEN;
        }
        endValue();
        return State.COMPLETE;
    }

    private void begin(char c) {
        if (c == dialect.quote() && c != Dialect.NONE) {
            place = Place.QUOTED;
        } else {
            place = Place.UNQUOTED;
            value.append(c);
        }
    }

    private void endValue() {
        String text = value.toString();
        values.add(place == Place.UNQUOTED ? text.stripTrailing() : text);
        value.setLength(0);
        place = Place.FIELD_START;
    }

    /** @return the index of the last character that was dealt with */
    private int quoted(String line, int index) {
        char c = line.charAt(index);
        char next = index + 1 < line.length() ? line.charAt(index + 1) : '\n';
        quotedBackslashes |= c == '\\';
        if (c == dialect.quote()) {
            if (next != c) {
                place = Place.AFTER_QUOTE;
                return index;
            }
            doubledQuotes = true;
            value.append(c);
            return index + 1;
        }
        boolean escapes = c == dialect.escape() && c != Dialect.NONE && (next == dialect.quote() || next == c);
        value.append(escapes ? next : c);
        return escapes ? index + 1 : index;
    }
}
