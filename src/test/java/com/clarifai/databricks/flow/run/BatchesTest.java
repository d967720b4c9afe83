package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final Batches batches = new Batches();

    @Property
    void nothingIsLostAndNoBatchIsTooLarge(
            @ForAll @Size(max = 200) List<@IntRange(max = 100) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @IntRange(min = 1, max = 150) int bytes) {
        List<Map<String, Object>> rows = sizes.stream()
                .map(size -> Map.<String, Object>of(InputColumns.SOURCE_SIZE, size))
                .toList();

        List<Object> seen = new ArrayList<>();
        batches.ofCountAndBytes(null, rows.iterator(), count, bytes).forEachRemaining(batch -> {
            assertThat(batch).hasSizeBetween(1, count);
            assertThat(batch.size() == 1 || totalSize(batch) <= bytes).isTrue();
            seen.addAll(batch);
        });

        assertThat(seen).isEqualTo(rows);
    }

    private static long totalSize(List<Object> batch) {
        return batch.stream()
                .mapToLong(row -> ((Number) ((Map<?, ?>) row).get(InputColumns.SOURCE_SIZE)).longValue())
                .sum();
    }

    @Test
    void readsNoMoreThanTheBatchThatIsAskedFor() {
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> source =
                IntStream.range(0, 1000).peek(i -> read.incrementAndGet()).iterator();

        batches.ofCount(source, 10).next();

        assertThat(read.get()).isLessThanOrEqualTo(11);
    }

    @Test
    void growingBatchesBeginSmallAndEndAtTheirMost() {
        Iterator<List<Object>> iterator =
                batches.growingText(null, IntStream.range(0, 30).iterator(), 2, 10, 1_000_000);

        List<Integer> sizes = new ArrayList<>();
        iterator.forEachRemaining(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(2, 8, 10, 10);
    }

    @Test
    void growingBatchesStayWithinTheirBytes() {
        Iterator<List<Object>> iterator =
                batches.growingText(null, List.of("a".repeat(100), "b", "c").iterator(), 2, 10, 200);

        assertThat(iterator.next()).containsExactly("a".repeat(100));
        assertThat(iterator.next()).containsExactly("b", "c");
    }

    @Test
    void endsWhereTheSourceEnds() {
        Iterator<List<Object>> iterator = batches.ofCount(List.of(1, 2, 3).iterator(), 2);

        assertThat(iterator.next()).containsExactly(1, 2);
        assertThat(iterator.next()).containsExactly(3);
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }

    @Test
    void givesOutNothingMoreWhenTheRunIsCancelled() {
        Run run = Run.open("test");
        Iterator<List<Object>> iterator =
                batches.ofCount(run, List.of(1, 2, 3, 4).iterator(), 2);
        iterator.next();

        run.cancel();

        assertThatExceptionOfType(RunInterruptedException.class).isThrownBy(iterator::next);
    }

    @Test
    void givesOutNothingMoreWhenTheApplicationStops() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            batches.setCamelContext(context);
            Iterator<List<Object>> iterator =
                    batches.ofCount(List.of(1, 2, 3, 4).iterator(), 2);
            iterator.next();
            AtomicInteger refused = new AtomicInteger();
            context.getManagementStrategy().addEventNotifier(new StoppingProbe(() -> {
                assertThatExceptionOfType(RunInterruptedException.class).isThrownBy(iterator::next);
                refused.incrementAndGet();
            }));
            context.start();

            context.stop();

            assertThat(refused).hasValue(1);
        }
    }

    @Test
    void growingBatchesAreFourTimesAsLargeEachTime() {
        Iterator<List<Object>> iterator =
                batches.growing(null, IntStream.range(0, 30).iterator(), 1, 16);

        List<Integer> sizes = new ArrayList<>();
        iterator.forEachRemaining(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(1, 4, 16, 9);
    }

    /** Two bytes a character, eight for another value, and 48 for an entry of a map or list. */
    @Test
    void ofRowsAllValuesTakeMemoryHoweverDeep() {
        Map<String, Object> row = new HashMap<>();
        row.put("text", "ab"); // 52
        row.put("number", 1); // 56
        row.put("nothing", null); // 48
        row.put("list", List.of("a", Map.of("k", "abc"))); // 48 + 50 + 48 + 54

        assertThat(inOneBatch(row, 356 * 2)).isTrue();
        assertThat(inOneBatch(row, 356 * 2 - 1)).isFalse();
    }

    private boolean inOneBatch(Map<String, Object> row, long bytes) {
        return batches.growingText(null, List.of(row, row).iterator(), 2, 2, bytes)
                        .next()
                        .size()
                == 2;
    }
}
