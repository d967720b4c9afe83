package com.clarifai.databricks.csv;

import static com.clarifai.databricks.csv.CsvTestFiles.bytes;
import static com.clarifai.databricks.csv.CsvTestFiles.joined;
import static com.clarifai.databricks.csv.CsvTestFiles.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a file: all of its bytes, and not too many of them. */
class SourceBytesTest {

    private static final byte[] TEXT = bytes("some text, not a short one at all\n".repeat(100));

    @Test
    void fileIsReadToItsEndAndItsBytesAreCounted() throws IOException {
        SourceBytes file = source(TEXT, TEXT.length, UnpackLimits.DEFAULT);

        assertThat(file.readAllBytes()).isEqualTo(TEXT);
        assertThat(file.count()).isEqualTo(TEXT.length);
        assertThat(file.read(new byte[10], 0, 10)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "zstd", "deflate"})
    void ofACompressedFileThePackedBytesAreCounted(String format) throws IOException {
        byte[] packed = packed(format, TEXT);
        SourceBytes file = source(packed, packed.length, UnpackLimits.DEFAULT);

        assertThat(file.readAllBytes()).isEqualTo(TEXT);
        assertThat(file.count()).isEqualTo(packed.length);
    }

    @Test
    void emptyFileOfWhichThatIsKnownIsWhole() throws IOException {
        assertThat(source(new byte[0], 0, UnpackLimits.DEFAULT).readAllBytes()).isEmpty();
        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(() -> source(TEXT, 0, UnpackLimits.DEFAULT).readAllBytes())
                .withMessage("has 0 bytes, of which " + TEXT.length + " were read");
    }

    @Test
    void exactlyAsMuchAsIsAllowedMayComeOut() throws IOException {
        byte[] packed = packed("gz", TEXT);

        assertThat(source(packed, -1, new UnpackLimits(TEXT.length, 1)).readAllBytes())
                .isEqualTo(TEXT);
        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(() ->
                        source(packed, -1, new UnpackLimits(TEXT.length - 1, 1)).readAllBytes())
                .withMessageContaining("unpacks to more than " + (TEXT.length - 1) + " bytes");
    }

    @Test
    void whatIsNotCompressedHasNoSuchLimit() throws IOException {
        assertThat(source(TEXT, -1, new UnpackLimits(1, 1)).readAllBytes()).isEqualTo(TEXT);
    }

    @Test
    void connectionThatBreaksIsToldApartFromDataThatIsDamaged() {
        byte[] packed = packed("gz", TEXT);
        InputStream breaking = new SequenceInputStream(new ByteArrayInputStream(packed, 0, 30), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        });

        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(
                        () -> new SourceBytes(breaking, "rows.csv", packed.length, UnpackLimits.DEFAULT).readAllBytes())
                .withMessage("could not be read beyond byte 30: Connection reset");
    }

    @Test
    void damagedDataIsNamedWithItsKindAndItsPlace() {
        byte[] damaged = packed("gz", TEXT);
        damaged[damaged.length - 6] ^= 1;

        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(() ->
                        source(damaged, damaged.length, UnpackLimits.DEFAULT).readAllBytes())
                .withMessageStartingWith("is cut or damaged: its gzip data ends or breaks at byte " + damaged.length)
                .withMessageContaining("CRC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bzip2", "deflate"})
    void whatFollowsTheDataIsSaid(String format) {
        byte[] more = joined(packed(format, TEXT), bytes("and more"));

        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(
                        () -> source(more, more.length, UnpackLimits.DEFAULT).readAllBytes());
    }

    @Test
    void fileIsClosedWithIt() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream file = new ByteArrayInputStream(packed("zstd", TEXT)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new SourceBytes(file, "rows.csv", -1, UnpackLimits.DEFAULT).close();

        assertThat(closed[0]).isTrue();
    }

    @Test
    void fileThatIsRefusedGivesItsDecompressorBack() throws IOException {
        byte[] packed = packed("zstd", bytes("inputid,\0input\n" + "x".repeat(3_000_000)));
        SourceBytes file = source(packed, packed.length, UnpackLimits.DEFAULT);

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> CsvReader.open(
                        file,
                        new CsvOptions("rows.csv", packed.length, 1000, UnpackLimits.DEFAULT, DialectOptions.UNTOLD)));
        assertThatException().as("a decompressor that is closed").isThrownBy(file::readAllBytes);
    }

    private static SourceBytes source(byte[] file, long length, UnpackLimits limits) throws IOException {
        return new SourceBytes(new ByteArrayInputStream(file), "rows.csv", length, limits);
    }
}
