package com.clarifai.databricks.csv;

import static com.clarifai.databricks.csv.CsvTestFiles.HEADER;
import static com.clarifai.databricks.csv.CsvTestFiles.bytes;
import static com.clarifai.databricks.csv.CsvTestFiles.joined;
import static com.clarifai.databricks.csv.CsvTestFiles.open;
import static com.clarifai.databricks.csv.CsvTestFiles.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One dialect a file, found by enough of it or told. */
class CsvDialectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "sep=;\\r\\ninputid;input\\r\\n1;http://x!semicolon",
                "\"sep=,\"\\ninputid,input\\n1,http://x!comma",
                "SEP=|\\ninputid|input\\n1|http://x!pipe",
                "inputid|input\\n1|http://x!pipe",
                "inputid\\1input\\n1\\1http://x!U+0001",
                "inputid\\tinput\\n1\\thttp://x!tab",
                "\"inputid\";\"input\"\\n\"1\";\"http://x\"!semicolon"
            })
    void delimiterIsThatOfExcelsLineOrOfTheHeader(String file, String delimiter) throws IOException {
        CsvReader csv = open(bytes(file.translateEscapes()), DialectOptions.UNTOLD);

        assertThat(csv.header()).containsExactly("inputid", "input");
        assertThat(records(csv)).extracting(CsvRecord::values).containsExactly(List.of("1", "http://x"));
        assertThat(csv.readAs()).isEqualTo("UTF-8, " + delimiter + ", quotes doubled");
    }

    @Test
    void sparksBackslashesAreTakenOffInTheWholeFileThoughItsFirstRowsHaveNone() throws IOException {
        String plain = "1,http://x/1,\"cat, dog\",\n".repeat(20_000);
        String json = "2,http://x/2,,\"{\\\"path\\\": \\\"C:\\\\\\\\dir\\\", \\\"re\\\": \\\"\\\\\\\\d+\\\"}\"\n";
        CsvReader csv = open(bytes("inputid,input,concepts,metadata\n" + plain + json), DialectOptions.UNTOLD);

        List<CsvRecord> found = records(csv);

        assertThat(found.get(found.size() - 1).values().get(3))
                .isEqualTo("{\"path\": \"C:\\\\dir\", \"re\": \"\\\\d+\"}");
        assertThat(csv.readAs()).isEqualTo("UTF-8, comma, quotes escaped by backslash");
    }

    @Test
    void backslashesOfOtherFilesStay() throws IOException {
        String file =
                HEADER + "1,http://x/1,\"C:\\dir\\\"\n2,http://x/2,\"say \"\"hi\"\" \\\\ \"\n3,http://x/3,\\d\\\"\n";
        CsvReader csv = open(bytes(file), DialectOptions.UNTOLD);

        assertThat(records(csv))
                .extracting(record -> record.values().get(2))
                .containsExactly("C:\\dir\\", "say \"hi\" \\\\ ", "\\d\\\"");
        assertThat(csv.readAs()).isEqualTo("UTF-8, comma, quotes doubled");
    }

    @Test
    void oneRecordInAnotherDialectDoesNotChangeThatOfTheFile() throws IOException {
        String doubled = "1,http://x/1,\"a \"\"b\"\" c\"\n";

        List<CsvRecord> found = records(HEADER + "0,http://x/0,\"a \\\"b\\\" c\"\n" + doubled.repeat(3));

        assertThat(found).extracting(CsvRecord::isRefused).containsExactly(true, false, false, false);
    }

    @Test
    void dialectThatIsToldIsTaken() throws IOException {
        DialectOptions told = DialectOptions.of("windows-1251", "^A", "single", "backslash");
        byte[] file = "inputid\1input\n1\1'кот\\'s \1 \\\\'\n".getBytes(Charset.forName("windows-1251"));
        CsvReader csv = open(file, told);

        assertThat(records(csv).get(0).values()).containsExactly("1", "кот's \1 \\");
        assertThat(csv.readAs()).isEqualTo("windows-1251, U+0001, single quotes escaped by backslash");
        assertThat(csv.guessedCharset()).isEmpty();
    }

    @Test
    void unitSeparatorIsNoBinaryDataWhereItIsTheDelimiter() throws IOException {
        DialectOptions told = DialectOptions.of(null, "\\u001f", "none", null);

        assertThat(records(open(bytes("inputid\37input\n1\37\"http\n"), told))
                        .get(0)
                        .values())
                .containsExactly("1", "\"http");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere,,,, charset",
        ",ab,,, delimiter",
        ",none,,, delimiter",
        ",,quote,, quote",
        ",,,xy, escape",
        ",double,double,, delimiter"
    })
    void whatCannotBeIsNamed(String charset, String delimiter, String quote, String escape, String parameter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DialectOptions.of(charset, delimiter, quote, escape))
                .withMessageStartingWith(parameter + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "windows-1251",
                "Shift_JIS",
                "GB18030",
                "EUC-KR",
                "ISO-2022-JP",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-16",
                "UTF-32LE",
                "UTF-32",
                "IBM1047",
                "Big5",
                "windows-1252",
                "UTF-8"
            })
    void everyCharsetIsReadWhenItIsTold(String name) throws IOException {
        String word =
                switch (name) {
                    case "windows-1251" -> "кошка";
                    case "EUC-KR" -> "고양이";
                    case "GB18030", "Big5" -> "\u8c93";
                    case "windows-1252", "IBM1047" -> "caf\u00e9";
                    default -> "\u70b9\u691c\u8868";
                };
        String text = "inputid,input,concepts\n1,http://x/1," + word + "\n2,http://x/2,\"" + word + ", a\nb\"\n";

        CsvReader csv = open(text.getBytes(Charset.forName(name)), DialectOptions.of(name, null, null, null));

        assertThat(records(csv)).extracting(record -> record.values().get(2)).containsExactly(word, word + ", a\nb");
        assertThat(csv.guessedCharset()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void wideTextIsFoundWithAndWithoutAByteOrderMark(String name) throws IOException {
        String text = "inputid,input,concepts\n1,http://x/1,\u70b9\u691c\uD83D\uDE00\n";
        byte[] bare = text.getBytes(Charset.forName(name));
        CsvReader unmarked = open(bare, DialectOptions.UNTOLD);
        CsvReader marked = open(joined("\uFEFF".getBytes(Charset.forName(name)), bare), DialectOptions.UNTOLD);

        assertThat(records(unmarked).get(0).values()).contains("\u70b9\u691c\uD83D\uDE00");
        assertThat(records(marked).get(0).values()).contains("\u70b9\u691c\uD83D\uDE00");
        assertThat(unmarked.guessedCharset()).contains(name);
        assertThat(marked.guessedCharset()).isEmpty();
    }

    @Test
    void brokenCharacterOfWideTextCostsItsLineOnly() throws IOException {
        byte[] start = "inputid,input\n1,http://x/1\n2,".getBytes(StandardCharsets.UTF_16LE);
        byte[] lonelyHalf = {0x3D, (byte) 0xD8};
        byte[] rest = "\n3,http://x/3\n".getBytes(StandardCharsets.UTF_16LE);

        assertThat(records(open(joined(start, lonelyHalf, rest), DialectOptions.of("UTF-16LE", null, null, null))))
                .extracting(CsvRecord::isRefused)
                .containsExactly(false, true, false);
    }

    @Test
    void damagedCharacterAtTheStartOfAUtf8FileIsRejectedAloneAndTheFileStaysUtf8() throws IOException {
        byte[] file = joined(
                bytes(HEADER + "1,http://x/1,caf"),
                new byte[] {(byte) 0xE9},
                bytes("\n2,http://x/2,café\n3,http://x/3,Bär\n"));
        CsvReader csv = open(file, DialectOptions.UNTOLD);

        assertThat(records(csv))
                .extracting(CsvRecord::problem)
                .containsExactly("the line is not valid UTF-8", null, null);
        assertThat(csv.guessedCharset()).isEmpty();
    }

    @Test
    void charsetThatIsOnlyGuessedIsSaid() throws IOException {
        CsvReader csv = open(
                (HEADER + "1,http://x/1,кошка\n").getBytes(Charset.forName("windows-1251")), DialectOptions.UNTOLD);
        records(csv);

        assertThat(csv.guessedCharset()).contains("windows-1252");
    }

    @Test
    void nulCostsItsLineOnlyAndTheEndMarkOfDosIsNone() throws IOException {
        assertThat(records(HEADER + "1,http://x/1,a\0b\n2,http://x/2,c\n\u001A"))
                .extracting(CsvRecord::problem)
                .containsExactly("the line holds binary data", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void recordsKnowTheirLinesWithAnyLineBreakAndMixedOnes(String lineBreak) throws IOException {
        String file = "\n\n" + HEADER + "1,http://x/1,\"a\nb\nc\"\n\n2,http://x/2,d,";

        assertThat(records(file.replace("\n", lineBreak)))
                .extracting(CsvRecord::number)
                .containsExactly(4L, 8L);
        assertThat(records(HEADER + "1,a\r\n2,\"b\r\nc\"\r3,c\n4,d"))
                .extracting(CsvRecord::number)
                .containsExactly(2L, 3L, 5L, 6L);
    }

    @Test
    void linesThatEachLeaveAQuoteOpenAreReadInTimeThatGrowsWithTheFile() {
        String line = "1\",http://x,\"cat\n";
        byte[] file = bytes(HEADER + line.repeat(200_000));

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            List<CsvRecord> found = records(file);
            assertThat(found).hasSize(200_000).allMatch(CsvRecord::isRefused);
        });
    }

    @Test
    void hundredThousandColumnsAreReadAndManyShortLinesInAQuoteAreBounded() throws IOException {
        String wide = "inputid,input" + ",c".repeat(100_000) + "\n1,http://x/1" + ",v".repeat(100_000) + "\n";
        CsvReader csv = open(bytes(wide), DialectOptions.UNTOLD);

        assertThat(csv.header()).hasSize(100_002);
        assertThat(records(csv).get(0).values()).hasSize(100_002);
        assertThat(records(HEADER + "1,http://x/1,\"" + "\n".repeat(100_000) + "\"\n2,http://x/2,\n"))
                .extracting(CsvRecord::problem)
                .first()
                .asString()
                .startsWith("a quote is opened and not closed up to line");
    }
}
