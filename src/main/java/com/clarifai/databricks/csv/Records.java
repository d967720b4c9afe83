package com.clarifai.databricks.csv;

import com.clarifai.databricks.csv.RecordScan.State;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Joins lines to records. A record that cannot be read costs its first line and nothing else: reading goes on with the
 * line after it.
 *
 * <p>Reads each line a few times at most, whichever quotes are in it: of a quote that stays open up to some line, all that
 * are opened on the way have the same fate.
 */
final class Records {

    /** Where lines come from; null at the end. */
    @FunctionalInterface
    interface Lines {
        Line next() throws IOException;
    }

    /** What a line takes beside its text, so that many short ones are bounded as well. */
    private static final int LINE_COST = 64;

    private final Lines lines;
    private final int maxRecord;
    private final Deque<Line> again = new ArrayDeque<>();
    private Dialect dialect;
    private RecordScan scan;
    private Line first;
    private List<Line> used = new ArrayList<>();
    private long openUntil;
    private String fate;

    /** @param maxRecord how large a record may be, in characters */
    Records(Lines lines, Dialect dialect, int maxRecord) {
        this.lines = lines;
        this.dialect = dialect;
        this.maxRecord = maxRecord;
    }

    void setDialect(Dialect dialect) {
        this.dialect = dialect;
        openUntil = 0;
    }

    /** Records and refused lines in order, without those that are blank; null at the end. */
    CsvRecord next() throws IOException {
        scan = null;
        Line line = take();
        while (line != null && line.problem() == null && line.text().isBlank()) {
            line = take();
        }
        if (line == null) {
            return null;
        }
        return line.problem() == null ? joined(line) : CsvRecord.refused(line, line.problem());
    }

    /** Whether there was a backslash in a quoted value of the record that came last. */
    boolean lastHasQuotedBackslashes() {
        return scan != null && scan.hasQuotedBackslashes();
    }

    /** Whether a quote was written twice in a value of the record that came last. */
    boolean lastHasDoubledQuotes() {
        return scan != null && scan.hasDoubledQuotes();
    }

    /** Has the record that came last read again. */
    void repeatLast() {
        giveBack(used);
        again.addFirst(first);
    }

    /** The lines that were taken and are to be read again, in order. */
    List<Line> waiting() {
        return List.copyOf(again);
    }

    private CsvRecord joined(Line line) throws IOException {
        first = line;
        used = new ArrayList<>();
        scan = new RecordScan(dialect);
        State state = scan.add(line.text());
        if (state == State.OPEN && line.number() < openUntil) {
            return CsvRecord.refused(line, fate);
        }
        if (state == State.OPEN) {
            state = follow(line);
        }
        if (state == State.COMPLETE) {
            return CsvRecord.of(line.number(), scan.values());
        }
        String problem = state == State.OPEN || !used.isEmpty() ? fate : textBehindQuote();
        giveBack(used);
        used = List.of();
        return CsvRecord.refused(line, problem);
    }

    /** Reads on until the quote is closed; where that fails, says what became of it. */
    private State follow(Line line) throws IOException {
        long size = cost(line);
        State state = State.OPEN;
        while (state == State.OPEN) {
            Line next = take();
            if (next == null) {
                openUntil = Long.MAX_VALUE;
                fate = "a quote is opened and never closed";
                return State.OPEN;
            }
            used.add(next);
            size += cost(next);
            if (next.problem() != null || size > maxRecord) {
                openUntil = next.number();
                fate = "a quote is opened and not closed up to line " + next.number();
                return State.OPEN;
            }
            state = scan.add(next.text());
            if (state == State.BROKEN) {
                openUntil = next.number();
                fate = "a quote is opened and its closing quote, in line " + next.number() + ", has text after it";
            }
        }
        return state;
    }

    private static long cost(Line line) {
        return line.text().length() + LINE_COST;
    }

    private String textBehindQuote() {
        return dialect.doublesQuotes()
                ? "text follows a closing quote; a quote inside a value is written twice"
                : "text follows a closing quote";
    }

    private void giveBack(List<Line> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            again.addFirst(taken.get(i));
        }
    }

    private Line take() throws IOException {
        return again.isEmpty() ? lines.next() : again.poll();
    }
}
