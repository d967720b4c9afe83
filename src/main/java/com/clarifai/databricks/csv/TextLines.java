package com.clarifai.databricks.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text file whose charset is not known, one at a time.
 *
 * <p>A line ends with LF, CR LF or CR. The first line that is not all ASCII tells the charset: UTF-8 when it is valid
 * UTF-8, which by chance no other text is, and windows-1252 (of which Latin-1 is a part) when it is not. A later line
 * that is not valid in this charset is a problem of that line.
 */
final class TextLines implements Closeable {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int BUFFER = 1 << 16;
    private static final int SHOWN = 1000;
    private static final int END = -1;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private Charset charset;

    /**
     * @param charset null when it is to be found out
     * @param maxBytes a longer line is a problem, and only its start is kept
     */
    TextLines(InputStream in, Charset charset, int maxBytes) {
        this.in = in;
        this.charset = charset;
        this.maxBytes = maxBytes;
    }

    /** @return null at the end of the file */
    Line next() throws IOException {
        int b = read();
        if (b == END) {
            return null;
        }
        number++;
        length = 0;
        long size = 0;
        boolean ascii = true;
        boolean binary = false;
        while (b != '\n' && b != '\r' && b != END) {
            ascii &= b < 0x80;
            binary |= b == 0 || b == CsvText.SEPARATOR;
            if (size++ < maxBytes) {
                append((byte) b);
            }
            b = read();
        }
        if (b == '\r' && peek() == '\n') {
            position++;
        }
        if (size > maxBytes) {
            return new Line(number, start(), "the line has " + size + " bytes, more than the " + maxBytes + " allowed");
        }
        if (binary) {
            return new Line(number, start(), "the line holds binary data");
        }
        return ascii ? new Line(number, text(StandardCharsets.US_ASCII), null) : decoded();
    }

    private Line decoded() {
        if (charset == null) {
            charset = decode(StandardCharsets.UTF_8) == null ? WINDOWS_1252 : StandardCharsets.UTF_8;
        }
        String text = decode(charset);
        return text == null
                ? new Line(number, start(), "the line is not valid " + charset + ", as the lines before are")
                : new Line(number, text, null);
    }

    private String decode(Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private String start() {
        return new String(line, 0, Math.min(length, SHOWN), charset == null ? StandardCharsets.UTF_8 : charset);
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
        position++;
        return b;
    }

    private int peek() throws IOException {
        if (position >= limit) {
            limit = Math.max(in.read(buffer, 0, buffer.length), 0);
            position = 0;
            if (limit == 0) {
                return END;
            }
        }
        return buffer[position] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
