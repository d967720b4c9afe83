package com.clarifai.databricks.csv;

import com.clarifai.databricks.model.EmptySourceException;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.ParameterName;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.google.common.collect.AbstractIterator;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CSV file as people have it, scanned once: its records with their lines, and the lines that could not be read.
 *
 * <p>What the user has not said about the file is found out, once for the whole of it: the compression by its first bytes, the charset
 * by a byte order mark or by what is not ASCII, the delimiter by a line {@code sep=;} or by the header, and how quotes are
 * escaped by the first records where that makes a difference and those behind them.
 *
 * <p>Holds one record, or a little more where a quote is not closed, and no more than the size allowed for one.
 */
public final class CsvReader extends AbstractIterator<CsvRecord> implements Closeable {

    private static final int START = 4096;

    private final CsvOptions options;
    private final SourceBytes bytes;
    private final TextLines lines;
    private final TextMark mark;
    private final Records records;
    private final List<String> header;
    private Dialect dialect;
    private boolean escapeKnown;
    private boolean whole;

    private CsvReader(SourceBytes bytes, TextMark mark, TextLines lines, CsvOptions options) throws IOException {
        this.bytes = bytes;
        this.options = options;
        this.lines = lines;
        this.mark = mark;
        this.escapeKnown = options.told().escape() != null;
        if (options.told().delimiter() != null) {
            lines.allow(options.told().delimiter());
        }
        Line first = firstLine();
        Optional<Character> separator = DialectGuess.separatorLine(first.text());
        if (separator.isPresent()) {
            first = firstLine();
        }
        dialect = dialect(first, separator.orElse(null));
        lines.allow(dialect.delimiter());
        List<Line> begun = new ArrayList<>(List.of(first));
        records = new Records(() -> begun.isEmpty() ? lines.next() : begun.remove(0), dialect, options.maxRow());
        CsvRecord names = records.next();
        if (names.isRefused()) {
            throw new UnreadableSourceException(
                    "The header in line " + names.number() + " cannot be read: " + names.problem());
        }
        header = names.values();
    }

    /**
     * @param file is closed with this reader, or at once when it is refused
     * @throws UnreadableSourceException when it is no CSV file, or its header cannot be read
     * @throws EmptySourceException when it has no line
     * @throws IncompleteSourceException when it breaks before its header ends
     */
    public static CsvReader open(InputStream file, CsvOptions options) throws IOException {
        try {
            return open(new SourceBytes(file, options.name(), options.length(), options.limits()), options);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** @param bytes are closed with this reader, or at once when the file is refused: decoders hold memory of their own */
    static CsvReader open(SourceBytes bytes, CsvOptions options) throws IOException {
        try {
            TextMark mark = TextMark.of(
                    new BufferedInputStream(bytes, START), options.told().charset());
            Charset charset = mark.charset();
            boolean asItIs = charset == null || CharsetGuess.keepsAscii(charset);
            TextLines lines = asItIs
                    ? new TextLines(mark.text(), charset, options.maxRow())
                    : new TextLines(new Utf8Stream(mark.text(), charset), StandardCharsets.UTF_8, options.maxRow());
            return new CsvReader(bytes, mark, lines, options);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The names of the columns, as they stand in the file. */
    public List<String> header() {
        return header;
    }

    /** How the file is read, in words: {@code UTF-8, comma, quotes doubled}. Certain once it has been read. */
    public String readAs() {
        return charset().name() + ", " + dialect;
    }

    /** The charset that it is read in though it could be another; empty when that is sure. */
    public Optional<String> guessedCharset() {
        return mark.guessed() || lines.isGuessed() ? Optional.of(charset().name()) : Optional.empty();
    }

    /** Whether all of the file has been read. */
    public boolean isWhole() {
        return whole;
    }

    private Charset charset() {
        return mark.charset() == null ? lines.charset() : mark.charset();
    }

    /** @throws IncompleteSourceException when the file cannot be read to its end */
    @Override
    protected CsvRecord computeNext() {
        try {
            CsvRecord record = records.next();
            if (!escapeKnown && records.lastHasQuotedBackslashes()) {
                findEscape();
                record = records.next();
            }
            whole = record == null;
            return whole ? endOfData() : record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to here it made no difference. */
    private void findEscape() throws IOException {
        escapeKnown = true;
        records.repeatLast();
        List<Line> sample = new ArrayList<>(records.waiting());
        long number = sample.get(sample.size() - 1).number();
        for (String text : lines.sample().split("\r\n|\r|\n", -1)) {
            sample.add(new Line(++number, text, null));
        }
        // it may be cut
        if (!lines.isAtEnd()) {
            sample.remove(sample.size() - 1);
        }
        if (DialectGuess.escapesByBackslash(sample, dialect, header.size(), options.maxRow())) {
            dialect = new Dialect(dialect.delimiter(), dialect.quote(), '\\');
            records.setDialect(dialect);
        }
    }

    private Line firstLine() throws IOException {
        Line line = lines.next();
        while (line != null && line.problem() == null && line.text().isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            throw new EmptySourceException("The file is empty; it needs a header line", bytes.count());
        }
        if (line.problem() != null && line.text().indexOf('\0') >= 0) {
            String other = Packing.refusedByName(options.name());
            throw new UnreadableSourceException(
                    other != null
                            ? other
                            : "The file is not text but binary data (or in a charset that has to be given with "
                                    + ParameterName.named("charset") + "), not CSV");
        }
        return line;
    }

    private Dialect dialect(Line header, Character separator) {
        DialectOptions told = options.told();
        char quote = told.quote() == null ? '"' : told.quote();
        char escape = told.escape() == null ? quote : told.escape();
        char delimiter = told.delimiter() != null
                ? told.delimiter()
                : separator != null ? separator : DialectGuess.delimiter(header.text(), quote);
        return new Dialect(delimiter, quote, escape);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
