package com.clarifai.databricks.io;

import static com.clarifai.databricks.io.BytePool.PIECE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePoolTest {

    private final BytePool pool = new BytePool();

    private static byte[] file(int size) {
        byte[] file = new byte[size];
        new Random(size).nextBytes(file);
        return file;
    }

    private PooledBytes read(byte[] file, int most) throws IOException {
        return pool.read(new ByteArrayInputStream(file), most);
    }

    private static Set<byte[]> pieces(PooledBytes bytes) {
        Set<byte[]> pieces = Collections.newSetFromMap(new IdentityHashMap<>());
        bytes.forEachPiece((piece, length) -> pieces.add(piece));
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 100_000})
    void aFileOfAnySizeIsReadAsItIs(int size) throws IOException {
        byte[] file = file(size);

        PooledBytes bytes = read(file, Integer.MAX_VALUE);

        assertThat(bytes.size()).isEqualTo(size);
        assertThat(bytes.toByteArray()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PIECE_BYTES, PIECE_BYTES + 1, 99_999, 100_000})
    void noMoreIsReadThanIsAllowed(int most) throws IOException {
        InputStream in = new ByteArrayInputStream(file(100_000));

        assertThat(pool.read(in, most).toByteArray()).isEqualTo(Arrays.copyOf(file(100_000), most));
        assertThat(in.available()).isEqualTo(100_000 - most);
    }

    @Test
    void whatComesInSmallPartsIsReadToItsEnd() throws IOException {
        InputStream dripping = new FilterInputStream(new ByteArrayInputStream(file(50_000))) {
            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return super.read(into, from, Math.min(most, 1_000));
            }
        };

        assertThat(pool.read(dripping, Integer.MAX_VALUE).toByteArray()).isEqualTo(file(50_000));
    }

    @Test
    void whatWasGivenBackIsUsedForTheNextFileAndNothingOfItIsSeenThere() throws IOException {
        PooledBytes first = read(file(100_000), Integer.MAX_VALUE);
        Set<byte[]> lent = pieces(first);
        first.giveBack();

        PooledBytes second = read(file(90_000), Integer.MAX_VALUE);

        assertThat(lent).containsAll(pieces(second));
        assertThat(second.toByteArray()).isEqualTo(file(90_000));
    }

    @Test
    void whatIsLentIsLentToNobodyElse() throws IOException {
        PooledBytes first = read(file(100_000), Integer.MAX_VALUE);
        PooledBytes second = read(file(90_000), Integer.MAX_VALUE);

        assertThat(pieces(first)).doesNotContainAnyElementsOf(pieces(second));
        assertThat(first.toByteArray()).isEqualTo(file(100_000));
    }

    @Test
    void whatWasGivenBackIsReadNoMoreAndCountsOnce() throws IOException {
        PooledBytes bytes = read(file(PIECE_BYTES), Integer.MAX_VALUE);
        bytes.giveBack();
        bytes.giveBack();

        assertThatIllegalStateException().isThrownBy(bytes::toByteArray);
        assertThat(pieces(read(file(1), 1))).doesNotContainAnyElementsOf(pieces(read(file(1), 1)));
    }

    @Test
    void whatWasReadOfABrokenStreamIsInThePoolAgain() throws IOException {
        PooledBytes first = read(file(2 * PIECE_BYTES), Integer.MAX_VALUE);
        Set<byte[]> lent = pieces(first);
        first.giveBack();
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(file(PIECE_BYTES)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });

        assertThatIOException().isThrownBy(() -> pool.read(broken, Integer.MAX_VALUE));

        List<byte[]> next = new ArrayList<>(pieces(read(file(2 * PIECE_BYTES), Integer.MAX_VALUE)));
        assertThat(lent).containsAll(next);
    }
}
