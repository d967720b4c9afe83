package com.clarifai.databricks.csv;

import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * A CSV file as people have it, as text that any CSV parser reads: values separated by {@link #SEPARATOR}, whatever the
 * file has, line feeds, no byte order mark, quotes by RFC 4180.
 *
 * <ul>
 *   <li>Charset: by the byte order mark (UTF-8, UTF-16), else UTF-8 or windows-1252, see {@link TextLines}. A gzip file
 *       is unpacked.
 *   <li>Delimiter: comma, semicolon or tab, whichever the header line has most of outside quotes.
 *   <li>Quotes: a record that RFC 4180 does not allow is tried again with {@code \"} as a quote inside a value, which is
 *       how Spark writes CSV.
 *   <li>A record that cannot be read costs its first line and nothing else: that line is left out, to be had from
 *       {@link #takeRefused}, an empty one stands in its place so that lines keep their numbers, and reading goes on
 *       with the line after it.
 * </ul>
 *
 * <p>Reads one record at a time, and of a quote that is never closed no more than the size allowed for a record.
 */
public final class CsvText extends Reader {

    /** Unit separator (U+001F): a control character that is in no text. */
    public static final char SEPARATOR = '\u001F';

    private static final char[] DELIMITERS = {',', ';', '\t'};
    private static final int LOOK_AHEAD = 8192;

    private final TextLines lines;
    private final int maxRecord;
    private final Deque<Line> again = new ArrayDeque<>();
    private final Deque<Line> refused = new ArrayDeque<>();
    private char delimiter;
    private String record = "";
    private int position;

    private CsvText(TextLines lines, int maxRecord) {
        this.lines = lines;
        this.maxRecord = maxRecord;
    }

    /**
     * @param file is closed with this reader, or at once when it is refused
     * @param maxRecord how large a record may be, in bytes
     * @throws UnreadableSourceException when it is empty or no text, or when its header cannot be read
     */
    public static CsvText open(InputStream file, int maxRecord) throws IOException {
        try {
            return begun(file, maxRecord);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static CsvText begun(InputStream file, int maxRecord) throws IOException {
        InputStream bytes = unpacked(buffered(file));
        byte[] start = start(bytes);
        BOMInputStream text = BOMInputStream.builder()
                .setInputStream(bytes)
                .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
                .get();
        Charset charset = text.hasBOM() ? Charset.forName(text.getBOMCharsetName()) : null;
        TextLines lines;
        if (charset == null || charset.equals(StandardCharsets.UTF_8)) {
            refuseBinary(start);
            lines = new TextLines(text, charset, maxRecord);
        } else {
            lines = new TextLines(utf8(text, charset), StandardCharsets.UTF_8, maxRecord);
        }
        CsvText csv = new CsvText(lines, maxRecord);
        csv.readHeader();
        return csv;
    }

    /**
     * A line that could not be read, with its problem; null when there is no further one so far. To be asked for before
     * each record and after the last one.
     */
    public Line takeRefused() {
        return refused.poll();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == record.length()) {
            record = nextRecord();
            position = 0;
            if (record == null) {
                record = "";
                return -1;
            }
        }
        int count = Math.min(length, record.length() - position);
        record.getChars(position, position + count, target, offset);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Ends with a line feed; null at the end of the file. */
    private String nextRecord() throws IOException {
        Line line = take();
        if (line == null) {
            return null;
        }
        if (line.problem() != null) {
            refused.add(line);
            return "\n";
        }
        if (line.text().isBlank()) {
            return "\n";
        }
        if (line.text().indexOf('"') < 0) {
            return line.text().replace(delimiter, SEPARATOR) + '\n';
        }
        Attempt attempt = attempt(line, false);
        if (attempt.problem() != null && line.text().indexOf('\\') >= 0) {
            Attempt withBackslashes = attempt(line, true);
            attempt = withBackslashes.problem() == null ? withBackslashes : attempt;
        }
        if (attempt.problem() != null) {
            refused.add(line.refused(attempt.problem()));
            return "\n";
        }
        return attempt.record();
    }

    /** What came of reading a record: either is null. */
    private record Attempt(String record, String problem) {}

    private Attempt attempt(Line first, boolean backslashEscapes) throws IOException {
        RecordScan scan = new RecordScan(delimiter, backslashEscapes);
        List<Line> used = new ArrayList<>();
        Line line = first;
        String problem = null;
        while (problem == null) {
            switch (scan.add(line.text())) {
                case COMPLETE -> {
                    return new Attempt(scan.record(), null);
                }
                case BROKEN -> problem = broken(first, line);
                case OPEN -> {
                    Line next = take();
                    if (next == null) {
                        problem = "a quote is opened and never closed";
                    } else {
                        used.add(next);
                        problem = next.problem() != null
                                        || scan.length() + next.text().length() > maxRecord
                                ? "a quote is opened and not closed up to line " + next.number()
                                : null;
                        line = next;
                    }
                }
            }
        }
        for (int i = used.size() - 1; i >= 0; i--) {
            again.addFirst(used.get(i));
        }
        return new Attempt(null, problem);
    }

    private static String broken(Line first, Line line) {
        return line == first
                ? "text follows a closing quote; a quote inside a value is written twice"
                : "a quote is opened and its closing quote, in line " + line.number() + ", has text behind it";
    }

    private Line take() throws IOException {
        return again.isEmpty() ? lines.next() : again.poll();
    }

    private void readHeader() throws IOException {
        Line line = take();
        while (line != null && line.problem() == null && line.text().isBlank()) {
            again.add(line);
            line = lines.next();
        }
        if (line == null) {
            throw new UnreadableSourceException("The file is empty; it needs a header line");
        }
        delimiter = delimiter(line.text());
        StringBuilder start = new StringBuilder("\n".repeat(again.size()));
        again.clear();
        again.add(line);
        start.append(nextRecord());
        if (!refused.isEmpty()) {
            throw new UnreadableSourceException("The header in line " + line.number() + " cannot be read: "
                    + refused.poll().problem());
        }
        record = start.toString();
    }

    private static char delimiter(String header) {
        char most = DELIMITERS[0];
        long columns = 0;
        for (char candidate : DELIMITERS) {
            RecordScan scan = new RecordScan(candidate, false);
            scan.add(header);
            long found = scan.record().chars().filter(c -> c == SEPARATOR).count();
            if (found > columns) {
                most = candidate;
                columns = found;
            }
        }
        return most;
    }

    private static BufferedInputStream buffered(InputStream in) {
        return new BufferedInputStream(in, LOOK_AHEAD);
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        byte[] start = start(file);
        boolean gzip = start.length > 1 && start[0] == (byte) 0x1F && start[1] == (byte) 0x8B;
        return gzip ? buffered(new GZIPInputStream(file)) : file;
    }

    private static InputStream utf8(InputStream text, Charset charset) throws IOException {
        return ReaderInputStream.builder()
                .setReader(new InputStreamReader(text, charset))
                .setCharset(StandardCharsets.UTF_8)
                .get();
    }

    private static void refuseBinary(byte[] start) {
        String magic = new String(start, 0, Math.min(start.length, 4), StandardCharsets.ISO_8859_1);
        if (magic.equals("PAR1")) {
            throw new UnreadableSourceException("The file is a Parquet file, not CSV: import the table it belongs to");
        }
        if (magic.startsWith("PK")) {
            throw new UnreadableSourceException("The file is a ZIP archive or an Excel workbook, not CSV:"
                    + " unpack it, or save the sheet as CSV");
        }
        for (byte b : start) {
            if (b == 0) {
                throw new UnreadableSourceException(
                        "The file is not text but binary data (or UTF-16 without a byte order" + " mark), not CSV");
            }
        }
    }

    private static byte[] start(InputStream bytes) throws IOException {
        bytes.mark(LOOK_AHEAD);
        byte[] start = bytes.readNBytes(LOOK_AHEAD);
        bytes.reset();
        return start;
    }
}
