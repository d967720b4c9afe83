package com.clarifai.databricks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are, what comes of them are records, refused lines, or a file that is refused. */
class CsvReaderFuzzTest {

    private static final int MAX_ROW = 500;
    private static final UnpackLimits LIMITS = new UnpackLimits(1_000_000, 100);
    private static final String[] PIECES = {
        "inputid",
        ",",
        ";",
        "\t",
        "|",
        "\1",
        "\n",
        "\r",
        "\r\n",
        "\"",
        "\"\"",
        "\"\"\"",
        "\\",
        "\\\"",
        " ",
        "\0",
        "\37",
        "\32",
        "é",
        "点",
        "\uD83D\uDE00",
        "\uFEFF",
        "sep=;",
        "sep=",
        "a",
        "1",
        "'",
        "http://x/1",
        "{\"a\": 1}",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    };

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMinSize(0).ofMaxSize(120).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> charsets() {
        return Arbitraries.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252", "Shift_JIS", "ISO-2022-JP");
    }

    @Provide
    Arbitrary<DialectOptions> dialects() {
        Arbitrary<String> charset = Arbitraries.of("", "", "UTF-8", "UTF-16", "windows-1251", "Shift_JIS", "IBM1047");
        Arbitrary<String> delimiter = Arbitraries.of("", "", "comma", "^A", "\\u001f", "space");
        Arbitrary<String> quote = Arbitraries.of("", "", "single", "none", "double");
        Arbitrary<String> escape = Arbitraries.of("", "", "backslash", "double", "none");
        return Combinators.combine(charset, delimiter, quote, escape).as(DialectOptions::of);
    }

    @Property
    void textOfAnyPieces(
            @ForAll("texts") String text, @ForAll("charsets") String charset, @ForAll("dialects") DialectOptions told) {
        read(("inputid,input\n" + text).getBytes(Charset.forName(charset)), told);
        read(text.getBytes(Charset.forName(charset)), told);
    }

    @Property
    void anyBytes(@ForAll byte[] bytes, @ForAll("dialects") DialectOptions told) {
        read(bytes, told);
    }

    @Property
    void compressedFileWithSomeBytesChanged(@ForAll("texts") String text, @ForAll long seed) {
        Random random = new Random(seed);
        String format = List.of("gz", "bzip2", "zstd", "deflate").get(random.nextInt(4));
        byte[] packed = CsvTestFiles.packed(format, ("inputid,input\n" + text).getBytes(StandardCharsets.UTF_8));
        for (int i = random.nextInt(4); i > 0; i--) {
            packed[random.nextInt(packed.length)] = (byte) random.nextInt();
        }
        read(packed, DialectOptions.UNTOLD);
    }

    /** What is written by RFC 4180 comes back as it was, whatever the values and the delimiter. */
    @Property
    void valuesThatAreQuotedComeBack(@ForAll("values") List<List<String>> rows, @ForAll("delimiters") char delimiter)
            throws IOException {
        StringBuilder file = new StringBuilder(row(List.of("inputid", "input", "concepts"), delimiter));
        rows.forEach(row -> file.append(row(row, delimiter)));

        List<List<String>> found = new ArrayList<>();
        try (CsvReader csv = open(
                file.toString().getBytes(StandardCharsets.UTF_8),
                100_000,
                DialectOptions.of(null, null, null, "double"))) {
            csv.forEachRemaining(record -> found.add(record.values()));
        }
        assertThat(found).isEqualTo(rows);
    }

    @Provide
    Arbitrary<List<List<String>>> values() {
        return Arbitraries.of(PIECES)
                .filter(piece -> !piece.contains("\0")
                        && !piece.contains("\37")
                        && !piece.contains("\r")
                        && !piece.contains("\uFEFF"))
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join("", pieces))
                .list()
                .ofSize(3)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|', '\1');
    }

    private static String row(List<String> values, char delimiter) {
        List<String> quoted = values.stream()
                .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                .toList();
        return String.join(String.valueOf(delimiter), quoted) + "\n";
    }

    private static CsvReader open(byte[] file, int maxRow, DialectOptions told) throws IOException {
        return CsvReader.open(
                new ByteArrayInputStream(file), new CsvOptions("x.csv", file.length, maxRow, LIMITS, told));
    }

    private static void read(byte[] file, DialectOptions told) {
        try (CsvReader csv = open(file, MAX_ROW, told)) {
            long last = 0;
            while (csv.hasNext()) {
                CsvRecord record = csv.next();
                assertThat(record.number()).isGreaterThan(last);
                last = record.number();
                int size = record.values().stream().mapToInt(String::length).sum();
                assertThat(size).isLessThanOrEqualTo(MAX_ROW);
                assertThat(record.isRefused()).isEqualTo(record.values().isEmpty());
            }
        } catch (UnreadableSourceException | IncompleteSourceException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
