package com.clarifai.databricks.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;

/**
 * What the first bytes of a text say about its charset.
 *
 * @param text without its byte order mark
 * @param charset that of the mark, else the one that was told, else one found by the zeros of UTF-16 and UTF-32; null
 *     when none of these says anything
 * @param guessed whether it was found by zeros
 */
record TextMark(InputStream text, Charset charset, boolean guessed) {

    private static final int START = 4096;

    static TextMark of(BufferedInputStream bytes, Charset told) throws IOException {
        bytes.mark(START);
        byte[] start = new byte[START];
        int length = bytes.readNBytes(start, 0, START);
        bytes.reset();
        BOMInputStream text = BOMInputStream.builder()
                .setInputStream(bytes)
                .setByteOrderMarks(
                        ByteOrderMark.UTF_8,
                        ByteOrderMark.UTF_32LE,
                        ByteOrderMark.UTF_32BE,
                        ByteOrderMark.UTF_16LE,
                        ByteOrderMark.UTF_16BE)
                .get();
        if (text.hasBOM()) {
            return new TextMark(text, Charset.forName(text.getBOMCharsetName()), false);
        }
        Charset wide = CharsetGuess.wide(Arrays.copyOf(start, length));
        if (told == null) {
            return new TextMark(text, wide, wide != null);
        }
        // a name without a byte order leaves it open
        boolean family = wide != null && wide.name().startsWith(told.name());
        return new TextMark(text, family ? wide : told, false);
    }
}
