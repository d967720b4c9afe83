package com.clarifai.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The batches in which a job sends rows. */
class RowBatchesTest {

    private static final byte[] PICTURE = new byte[400];

    @Test
    void noneHasMoreRowsOrMoreBytesOfPicturesThanItMayAndAllRowsAreInThem() {
        assertThat(sizes(5, new byte[0], 2, 1000)).containsExactly(2, 2, 1);
        assertThat(sizes(5, PICTURE, 10, 1000)).containsExactly(2, 2, 1);
        assertThat(sizes(3, PICTURE, 10, 100))
                .as("of which each alone is too large")
                .containsExactly(1, 1, 1);
        assertThat(sizes(0, PICTURE, 10, 100)).isEmpty();
    }

    @Test
    void aRowIsAskedForWhenItsBatchIs() {
        List<Integer> read = new ArrayList<>();
        Iterator<Map<String, Object>> rows = IntStream.range(0, 10)
                .peek(read::add)
                .mapToObj(RowBatchesTest::row)
                .iterator();
        RowBatches batches = new RowBatches(rows, 3, 1000);

        batches.next();

        assertThat(read).hasSize(3);
    }

    private static List<Integer> sizes(int rows, byte[] picture, int count, long bytes) {
        Iterator<Map<String, Object>> each = IntStream.range(0, rows)
                .mapToObj(row -> Map.<String, Object>of(InputColumns.IMAGE_BYTES, picture))
                .iterator();
        Iterable<List<Map<String, Object>>> batches = () -> new RowBatches(each, count, bytes);
        return Stream.of(batches)
                .flatMap(all -> {
                    List<Integer> sizes = new ArrayList<>();
                    all.forEach(batch -> sizes.add(batch.size()));
                    return sizes.stream();
                })
                .toList();
    }

    private static Map<String, Object> row(int number) {
        return Map.of(InputColumns.INPUT_ID, "row-" + number);
    }
}
