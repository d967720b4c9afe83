package com.clarifai.databricks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines as their bytes come, and what can be known of those that follow. */
class TextLinesTest {

    private static final int MAX = 10;
    private static final byte[] LATIN = {'c', 'a', 'f', (byte) 0xE9, '\n'};

    @Test
    void lineOfAsManyBytesAsAreAllowedIsReadAndALongerOneIsAProblemOfItsOwn() throws IOException {
        TextLines lines = lines("0123456789\n0123456789A\nnext\n");

        assertThat(lines.next()).isEqualTo(new Line(1, "0123456789", null));
        assertThat(lines.next())
                .isEqualTo(new Line(
                        2, "0123456789", "the line has 11 bytes, more than the 10 allowed (import.max-row-bytes)"));
        assertThat(lines.next()).isEqualTo(new Line(3, "next", null));
        assertThat(lines.next()).isNull();
    }

    @Test
    void firstByteThatIsNotAsciiIsReadInTheCharset() throws IOException {
        Charset windows = CharsetGuess.WINDOWS_1252;
        TextLines lines = new TextLines(new ByteArrayInputStream("\u20AC\n".getBytes(windows)), windows, MAX);

        assertThat(lines.next().text()).isEqualTo("\u20AC");
    }

    @Test
    void lineOfUtf8InAFileThatWasTakenForAnotherCharsetIsRefusedAlone() throws IOException {
        byte[] file = CsvTestFiles.joined(LATIN, LATIN, CsvTestFiles.bytes("\u00E9\n"), LATIN);
        TextLines lines = new TextLines(new ByteArrayInputStream(file), null, MAX);

        assertThat(lines.next().text()).isEqualTo("caf\u00E9");
        assertThat(lines.isGuessed()).isTrue();
        assertThat(lines.next().problem()).isNull();
        assertThat(lines.next().problem())
                .startsWith("the line is valid UTF-8 in a file that was taken for windows-1252");
        assertThat(lines.next().text()).isEqualTo("caf\u00E9");
    }

    @Test
    void charsetThatWasToldIsNoGuess() throws IOException {
        TextLines lines =
                new TextLines(new ByteArrayInputStream(CsvTestFiles.bytes("\u00E9\n")), CharsetGuess.WINDOWS_1252, MAX);

        assertThat(lines.next()).isEqualTo(new Line(1, "\u00C3\u00A9", null));
        assertThat(lines.isGuessed()).isFalse();
    }

    @Test
    void allThatFollowsIsInTheSampleOfAShortFileAndIsStillRead() throws IOException {
        TextLines lines = lines("one\ntwo\nthree\n");
        lines.next();

        assertThat(lines.sample()).isEqualTo("two\nthree\n");
        assertThat(lines.isAtEnd()).isTrue();
        assertThat(lines.next().text()).isEqualTo("two");
        assertThat(lines.next().text()).isEqualTo("three");
        assertThat(lines.next()).isNull();
    }

    @Test
    void sampleOfALongFileIsCutAndNoLineIsLostOrRepeatedByIt() throws IOException {
        int number = TextLines.WINDOW;
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < number; i++) {
            file.append(i).append('\n');
        }
        TextLines lines = lines(file.toString());
        int first = 1000;
        for (int i = 0; i < first; i++) {
            assertThat(lines.next().text()).isEqualTo(String.valueOf(i));
        }

        String sample = lines.sample();

        assertThat(sample).hasSize(TextLines.WINDOW).startsWith(first + "\n" + (first + 1) + "\n");
        assertThat(lines.isAtEnd()).isFalse();
        for (int i = first; i < number; i++) {
            if (!lines.next().text().equals(String.valueOf(i))) {
                throw new AssertionError("line " + i);
            }
        }
        assertThat(lines.next()).isNull();
        assertThat(lines.isAtEnd()).isTrue();
    }

    @Test
    void fileThatEndsWithTheSampleIsAtItsEndAndOneByteMoreIsNot() throws IOException {
        TextLines exact = lines("x".repeat(TextLines.WINDOW));
        TextLines more = lines("x".repeat(TextLines.WINDOW + 1));

        assertThat(exact.sample()).hasSize(TextLines.WINDOW);
        assertThat(more.sample()).hasSize(TextLines.WINDOW);
        assertThat(more.isAtEnd()).isFalse();
    }

    @Test
    void streamThatGivesNothingForAMomentIsNotAtItsEnd() throws IOException {
        InputStream slow = new ByteArrayInputStream(CsvTestFiles.bytes("one\ntwo\n")) {
            private boolean pause;

            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                pause = !pause;
                return pause ? 0 : super.read(target, offset, Math.min(length, 2));
            }
        };
        TextLines lines = new TextLines(slow, StandardCharsets.UTF_8, MAX);

        assertThat(lines.next().text()).isEqualTo("one");
        assertThat(lines.next().text()).isEqualTo("two");
        assertThat(lines.next()).isNull();
    }

    private static TextLines lines(String file) {
        return new TextLines(new ByteArrayInputStream(CsvTestFiles.bytes(file)), null, MAX);
    }
}
