package com.clarifai.databricks.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedBytesTest {

    private static final byte[] TEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private static OptionalLong length(long length) {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Of ten bytes. A length of -1 is none. */
    @ParameterizedTest
    @CsvSource({
        "10, 10, 10", // exactly what is allowed
        "10, 9, 9", // more than allowed
        "-1, 20, 10", // nobody says how many
        "-1, 4, 4",
        "20, 30, 10", // fewer come than were said
        "4, 30, 4", // more come than were said
        "4000000000, 6, 6", // more than an array holds
        "0, 10, 0"
    })
    void noMoreIsReadThanIsAllowedOrSaidToBeThere(long said, int most, int read) throws IOException {
        assertThat(BoundedBytes.read(new ByteArrayInputStream(TEN), length(said), most))
                .isEqualTo(Arrays.copyOf(TEN, read));
    }

    @Test
    void whatComesInPiecesIsReadToItsEnd() throws IOException {
        assertThat(BoundedBytes.read(dripping(), OptionalLong.of(10), 100)).isEqualTo(TEN);
        assertThat(BoundedBytes.read(dripping(), OptionalLong.empty(), 100)).isEqualTo(TEN);
    }

    /** A service that says that it sends gigabytes costs nothing before they come. */
    @Test
    void aLengthBeyondWhatIsAllowedIsNotTakenForGranted() throws IOException {
        assertThat(BoundedBytes.read(InputStream.nullInputStream(), OptionalLong.of(Long.MAX_VALUE), Integer.MAX_VALUE))
                .isEmpty();
    }

    private static InputStream dripping() {
        return new FilterInputStream(new ByteArrayInputStream(TEN)) {
            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return super.read(into, from, Math.min(most, 3));
            }
        };
    }
}
