package com.clarifai.databricks.csv;

import com.clarifai.databricks.model.ParameterName;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text file, one at a time, in a charset in which line breaks and ASCII are bytes of their own.
 *
 * <p>A line ends with LF, CR LF or CR. Where the charset is not given, the first line that is not all ASCII has it
 * found, see {@link CharsetGuess}, by this line and what follows it. A line that is not valid in the charset is a problem
 * of that line.
 */
final class TextLines implements Closeable {

    private static final int END = -1;
    /** So much of what follows tells of the charset and of the dialect. */
    static final int WINDOW = 1 << 18;

    private static final int SHOWN = 1000;
    private static final char UNIT_SEPARATOR = '\u001F';
    private static final char END_OF_FILE = '\u001A';

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[2 * WINDOW];
    private int position;
    private int limit;
    private boolean exhausted;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private Charset charset;
    private boolean guessed;
    private int allowed = END;

    /**
     * @param charset null when it is to be found out
     * @param maxBytes a longer line is a problem, and only its start is kept
     */
    TextLines(InputStream in, Charset charset, int maxBytes) {
        this.in = in;
        this.charset = charset;
        this.maxBytes = maxBytes;
    }

    /** A control character that is no sign of binary data. */
    void allow(char controlCharacter) {
        allowed = controlCharacter;
    }

    /** UTF-8 as long as nothing speaks against it. */
    Charset charset() {
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    /** Whether the charset is one that was only assumed. */
    boolean isGuessed() {
        return guessed;
    }

    /** @return null at the end of the file */
    Line next() throws IOException {
        int b = read();
        if (b == END || b == END_OF_FILE && peek() == END) {
            return null;
        }
        number++;
        length = 0;
        long size = 0;
        boolean ascii = true;
        boolean binary = false;
        while (b != '\n' && b != '\r' && b != END) {
            ascii &= b < 0x80;
            binary |= (b == 0 || b == UNIT_SEPARATOR) && b != allowed;
            if (size++ < maxBytes) {
                append((byte) b);
            }
            b = read();
        }
        if (b == '\r' && peek() == '\n') {
            position++;
        }
        if (size > maxBytes) {
            return new Line(
                    number,
                    start(),
                    "the line has " + size + " bytes, more than the " + maxBytes + " allowed (import.max-row-bytes)");
        }
        if (binary) {
            return new Line(number, start(), "the line holds binary data");
        }
        return ascii ? new Line(number, text(StandardCharsets.US_ASCII), null) : decoded();
    }

    private Line decoded() throws IOException {
        if (charset == null) {
            charset = CharsetGuess.of(line, length, buffer, position, ahead());
            guessed = !charset.equals(StandardCharsets.UTF_8);
        }
        String text = decode(charset);
        if (text == null) {
            return new Line(number, start(), "the line is not valid " + charset.name());
        }
        if (guessed && decode(StandardCharsets.UTF_8) != null) {
            return new Line(
                    number,
                    start(),
                    "the line is valid UTF-8 in a file that was taken for " + charset.name() + ": give it with "
                            + ParameterName.named("charset"));
        }
        return new Line(number, text, null);
    }

    /** The text that follows, some of it; it stays to be read. */
    String sample() throws IOException {
        int count = ahead();
        return new String(buffer, position, count, charset());
    }

    /** Whether nothing follows what {@link #sample} gave. */
    boolean isAtEnd() {
        return exhausted && limit - position <= WINDOW;
    }

    /** Has the bytes that follow at hand, up to {@link #WINDOW}, and says how many there are. */
    private int ahead() throws IOException {
        while (limit - position < WINDOW && !exhausted) {
            fill();
        }
        return Math.min(limit - position, WINDOW);
    }

    private String decode(Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private String start() {
        return new String(line, 0, Math.min(length, SHOWN), charset());
    }

    private String text(Charset charset) {
        return new String(line, 0, length, charset);
    }

    private void append(byte b) {
        if (length == line.length) {
            line = Arrays.copyOf(line, length * 2);
        }
        line[length++] = b;
    }

    private int read() throws IOException {
        int b = peek();
        if (b != END) {
            position++;
        }
        return b;
    }

    private int peek() throws IOException {
        while (position >= limit && !exhausted) {
            fill();
        }
        return position < limit ? buffer[position] & 0xFF : END;
    }

    /** Reads on behind what is there. */
    private void fill() throws IOException {
        int kept = Math.max(limit - position, 0);
        if (kept == 0 || limit == buffer.length) {
            System.arraycopy(buffer, Math.min(position, limit), buffer, 0, kept);
            position = 0;
            limit = kept;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        exhausted = count < 0;
        limit += Math.max(count, 0);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
