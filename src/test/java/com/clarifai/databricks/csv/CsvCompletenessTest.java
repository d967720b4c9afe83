package com.clarifai.databricks.csv;

import static com.clarifai.databricks.csv.CsvTestFiles.HEADER;
import static com.clarifai.databricks.csv.CsvTestFiles.bytes;
import static com.clarifai.databricks.csv.CsvTestFiles.joined;
import static com.clarifai.databricks.csv.CsvTestFiles.open;
import static com.clarifai.databricks.csv.CsvTestFiles.packed;
import static com.clarifai.databricks.csv.CsvTestFiles.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a file is lost in silence. */
class CsvCompletenessTest {

    private static final int MEMBERS = 300;

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "zstd"})
    void everyMemberOfACompressedFileIsReadThoughNothingIsAvailableAtTheirEnds(String format) throws IOException {
        byte[][] members = new byte[MEMBERS][];
        for (int i = 0; i < MEMBERS; i++) {
            members[i] = packed(format, bytes((i == 0 ? HEADER : "") + i + ",http://x/" + i + ",cat\n"));
        }
        byte[] file = joined(members);
        CsvReader csv = CsvReader.open(
                new NothingAvailable(file),
                new CsvOptions("x", file.length, 1_000_000, UnpackLimits.DEFAULT, DialectOptions.UNTOLD));

        assertThat(records(csv)).hasSize(MEMBERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "zstd", "deflate"})
    void compressionIsToldByTheContentAndNotByTheName(String format) throws IOException {
        assertThat(records(packed(format, bytes(HEADER + "1,http://x/1,cat\n"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "zstd", "deflate"})
    void compressedFileThatIsCutAnywhereInItsLastMemberIsIncompleteThoughItsLengthIsNotKnown(String format) {
        byte[] last = packed(format, bytes("2,http://x/2,cat\n".repeat(20)));
        byte[] whole = format.equals("deflate") ? last : joined(packed(format, bytes(HEADER)), last);

        for (int missing = 1; missing < last.length - 4; missing++) {
            byte[] cut = Arrays.copyOf(whole, whole.length - missing);
            assertThatThrownBy(() -> records(open(cut, -1, DialectOptions.UNTOLD)))
                    .as("%s bytes missing", missing)
                    .isInstanceOf(IncompleteSourceException.class)
                    .hasMessageContaining("is cut or damaged");
        }
    }

    @Test
    void fileThatIsShorterThanItsStoreSaysIsIncomplete() {
        byte[] file = bytes(HEADER + "1,http://x/1,cat\n");

        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(() -> records(open(file, file.length + 1, DialectOptions.UNTOLD)))
                .withMessage("has " + (file.length + 1) + " bytes, of which " + file.length + " were read");
    }

    @Test
    void whatFollowsCompressedDataIsNotIgnored() {
        byte[] file = joined(packed("gz", bytes(HEADER + "1,http://x/1,cat\n")), bytes("2,http://x/2,dog\n"));

        assertThatThrownBy(() -> records(file)).isInstanceOf(IncompleteSourceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2"})
    void smallFileOfManyBlankLinesIsReadOrStoppedWithoutTimeOrMemory(String format) {
        byte[] bomb = packed(format, new byte[0]);
        byte[] blank = packed(format, "\n".repeat(12_000_000).getBytes());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThatThrownBy(() -> records(open(joined(bomb, blank), -1, DialectOptions.UNTOLD)))
                    .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(UnreadableSourceException.class), e -> assertThat(e)
                            .hasMessageContaining("import.max-unpack-ratio"));
        });
    }

    @Test
    void unpackedSizeIsLimitedAsIsTheRatio() throws IOException {
        byte[] file = packed("gz", bytes(HEADER + "1,http://x/1,cat\n".repeat(1_000_000)));
        CsvReader large = CsvReader.open(
                new ByteArrayInputStream(file),
                new CsvOptions("x", -1, 1000, new UnpackLimits(5_000_000, 1_000_000), DialectOptions.UNTOLD));
        CsvReader dense = CsvReader.open(
                new ByteArrayInputStream(file),
                new CsvOptions("x", -1, 1000, new UnpackLimits(Long.MAX_VALUE, 50), DialectOptions.UNTOLD));

        assertThatThrownBy(() -> records(large)).hasMessageContaining("import.max-unpacked-bytes");
        assertThatThrownBy(() -> records(dense)).hasMessageContaining("import.max-unpack-ratio");
    }

    @ParameterizedTest
    @CsvSource({
        "fd377a585a0000, xz",
        "04224d18a0, lz4",
        "ff060000734e61507059, snappy",
        "504b0304, ZIP archive",
        "d0cf11e0a1b11ae1, old Excel workbook",
        "4f424a01, ",
        "4f626a01, Avro",
        "25504446 2d31, PDF",
        "89504e470d0a1a0a, PNG image"
    })
    void whatIsNoCsvFileIsRefusedByItsName(String start, String named) {
        byte[] file = joined(HexFormat.of().parseHex(start.replace(" ", "")), new byte[20]);

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> records(file))
                .withMessageContaining(named == null ? "not text but binary data" : named);
    }

    @Test
    void compressionWithoutASignatureIsRefusedByTheNameOfTheFile() {
        CsvOptions options =
                new CsvOptions("a/part-0.csv.snappy", -1, 1000, UnpackLimits.DEFAULT, DialectOptions.UNTOLD);

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> CsvReader.open(new ByteArrayInputStream(new byte[] {0, 0, 1, 0, 'a'}), options))
                .withMessageContaining("compressed with snappy");
    }

    /** As a stream over the network is at the end of each packet. */
    private static final class NothingAvailable extends ByteArrayInputStream {

        NothingAvailable(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 37));
        }
    }

    @Test
    void streamIsClosedWhateverComesOfIt() {
        boolean[] closed = new boolean[1];
        InputStream file = new ByteArrayInputStream(bytes("PAR1")) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThatThrownBy(() -> CsvReader.open(
                        file, new CsvOptions("x", -1, 1000, UnpackLimits.DEFAULT, DialectOptions.UNTOLD)))
                .isInstanceOf(UnreadableSourceException.class);
        assertThat(closed[0]).isTrue();
    }
}
