package com.clarifai.databricks.csv;

import com.clarifai.databricks.csv.RecordScan.State;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which dialect a file is in where nobody has said. */
final class DialectGuess {

    private static final char[] DELIMITERS = {',', ';', '\t', '|', '\u0001'};
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\\s*\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);

    private DialectGuess() {}

    /** The delimiter that Excel's line before the header names: {@code sep=;}. */
    static Optional<Character> separatorLine(String line) {
        Matcher matcher = SEPARATOR_LINE.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1).charAt(0)) : Optional.empty();
    }

    /** The delimiter that the header line has most of outside quotes; a comma where it has none. */
    static char delimiter(String header, char quote) {
        char most = DELIMITERS[0];
        int columns = 0;
        for (char candidate : DELIMITERS) {
            RecordScan scan = new RecordScan(new Dialect(candidate, quote, quote));
            State state = scan.add(header);
            int found = state == State.BROKEN ? 0 : scan.values().size();
            if (found > columns) {
                most = candidate;
                columns = found;
            }
        }
        return most;
    }

    /**
     * Whether a backslash stands before a quote in a quoted value, as Spark writes it, and not the quote twice: more
     * records have to speak for it than against it.
     *
     * @param sample lines of the file, the last of which may be cut
     * @param doubling the dialect if it does not
     */
    static boolean escapesByBackslash(List<Line> sample, Dialect doubling, int columns, int maxRecord)
            throws IOException {
        Dialect escaping = new Dialect(doubling.delimiter(), doubling.quote(), '\\');
        Set<Long> brokenByDoubling = new HashSet<>();
        tally(sample, doubling, columns, maxRecord, brokenByDoubling);
        if (brokenByDoubling.isEmpty()) {
            return false;
        }
        Set<Long> brokenByEscaping = new HashSet<>();
        long doubled = tally(sample, escaping, columns, maxRecord, brokenByEscaping);
        return brokenByDoubling.size() > brokenByEscaping.size() + doubled;
    }

    /** Notes the lines in which records begin that cannot be read, and counts those with quotes written twice. */
    private static long tally(List<Line> sample, Dialect dialect, int columns, int maxRecord, Set<Long> broken)
            throws IOException {
        Iterator<Line> lines = sample.iterator();
        Records records = new Records(() -> lines.hasNext() ? lines.next() : null, dialect, maxRecord);
        long doubled = 0;
        CsvRecord record = records.next();
        while (record != null) {
            if (record.isRefused() || record.values().size() > columns) {
                broken.add(record.number());
            } else if (records.lastHasDoubledQuotes()) {
                doubled++;
            }
            record = records.next();
        }
        return doubled;
    }
}
