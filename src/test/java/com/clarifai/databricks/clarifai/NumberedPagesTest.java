package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumberedPagesTest {

    /** A list that begins with its newest item and that others change before each answer. */
    private static final class NewestFirst {

        private final List<String> items = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private final Set<String> deleted = new HashSet<>();
        private int created;
        private Runnable beforeAnswer = () -> {};
        private int largestAnswer = Integer.MAX_VALUE;

        private NewestFirst(int count) {
            add(count);
        }

        private void add(int count) {
            IntStream.range(0, count).forEach(i -> items.add(0, "item-" + created++));
        }

        private void delete(int from, int count) {
            List<String> gone = items.subList(Math.min(from, items.size()), Math.min(from + count, items.size()));
            deleted.addAll(gone);
            gone.clear();
        }

        private CompletableFuture<List<String>> page(int number, int size) {
            assertThat(number).isPositive();
            sizes.add(size);
            beforeAnswer.run();
            if (size > largestAnswer) {
                return CompletableFuture.failedFuture(new ClarifaiException(
                        Kind.INVALID,
                        Recovery.NONE,
                        "too large",
                        Status.newBuilder()
                                .setCode(StatusCode.RPC_MAX_MESSAGE_SIZE_EXCEEDED)
                                .build()));
            }
            return CompletableFuture.completedFuture(
                    items.stream().skip((number - 1L) * size).limit(size).toList());
        }

        private List<String> read(int pageSize) {
            return ImmutableList.copyOf(ClarifaiClient.join(NumberedPages.open(this::page, item -> item, pageSize)));
        }
    }

    @Property(tries = 500)
    void misses_nothing_that_is_there_all_the_time(
            @ForAll @IntRange(max = 400) int count,
            @ForAll @IntRange(min = 1, max = 60) int pageSize,
            @ForAll @IntRange(max = 100) int mostAdded,
            @ForAll @IntRange(max = 100) int mostDeleted,
            @ForAll Random random) {
        NewestFirst list = new NewestFirst(count);
        List<String> atFirst = List.copyOf(list.items);
        int[] changes = {60};
        list.beforeAnswer = () -> {
            if (changes[0]-- > 0) {
                list.add(random.nextInt(mostAdded + 1));
                list.delete(random.nextInt(list.items.size() + 1), random.nextInt(mostDeleted + 1));
            }
        };

        List<String> read = list.read(pageSize);

        assertThat(read)
                .doesNotHaveDuplicates()
                .containsAll(atFirst.stream()
                        .filter(item -> !list.deleted.contains(item))
                        .toList());
    }

    @Property(tries = 300)
    void reads_a_quiet_list_once_and_in_order(
            @ForAll @IntRange(max = 3000) int count, @ForAll @IntRange(min = 1, max = 1000) int pageSize) {
        NewestFirst list = new NewestFirst(count);

        assertThat(list.read(pageSize)).isEqualTo(list.items);
        assertThat(list.sizes).allMatch(size -> size <= Math.max(pageSize, 23));
    }

    @Example
    void needs_few_more_requests_than_pages() {
        NewestFirst list = new NewestFirst(100_000);

        assertThat(list.read(1000)).hasSize(100_000);
        assertThat(list.sizes).hasSizeLessThan(105);
    }

    @Example
    void single_changes_between_requests_cost_neither_items_nor_duplicates() {
        NewestFirst list = new NewestFirst(1000);
        List<String> atFirst = List.copyOf(list.items);
        list.beforeAnswer = () -> {
            if (!list.sizes.isEmpty() && list.sizes.size() % 2 == 0) {
                list.delete(0, 1);
            } else {
                list.add(1);
            }
        };

        List<String> read = list.read(50);

        assertThat(read).doesNotHaveDuplicates();
        assertThat(read)
                .containsAll(atFirst.stream()
                        .filter(item -> !list.deleted.contains(item))
                        .toList());
    }

    @Example
    void finds_the_page_again_after_many_were_deleted_without_beginning_anew() {
        NewestFirst list = new NewestFirst(2000);
        list.beforeAnswer = () -> {
            if (list.sizes.size() == 15) {
                list.delete(0, 300);
            }
        };

        List<String> read = list.read(100);

        assertThat(read).containsAll(list.items).doesNotHaveDuplicates();
        assertThat(list.sizes).hasSizeLessThan(40);
    }

    @Example
    void finds_the_page_again_after_many_were_added_without_beginning_anew() {
        NewestFirst list = new NewestFirst(2000);
        List<String> atFirst = List.copyOf(list.items);
        list.beforeAnswer = () -> {
            if (list.sizes.size() == 15) {
                list.add(300);
            }
        };

        List<String> read = list.read(100);

        assertThat(read).containsAll(atFirst).doesNotHaveDuplicates();
        assertThat(list.sizes).hasSizeLessThan(40);
    }

    @Example
    void begins_anew_when_more_was_added_than_it_remembers() {
        NewestFirst list = new NewestFirst(3000);
        List<String> atFirst = List.copyOf(list.items);
        list.beforeAnswer = () -> {
            if (list.sizes.size() == 3) {
                list.add(20_000);
            }
        };

        assertThat(list.read(1000)).containsAll(atFirst).hasSizeLessThan(3000 + 20_000 + 2000);
    }

    @Example
    void ends_when_all_items_were_deleted_meanwhile() {
        NewestFirst list = new NewestFirst(1000);
        list.beforeAnswer = () -> {
            if (list.sizes.size() == 4) {
                list.delete(0, 1000);
            }
        };

        assertThat(list.read(100)).hasSizeBetween(200, 300);
    }

    @Example
    void a_page_too_large_for_a_message_is_asked_for_in_halves() {
        NewestFirst list = new NewestFirst(300);
        list.largestAnswer = 30;

        assertThat(list.read(100)).isEqualTo(list.items);
        assertThat(list.sizes).startsWith(100, 50, 25);
    }

    @Example
    void two_items_too_large_for_a_message_fail_the_list() {
        NewestFirst list = new NewestFirst(300);
        list.largestAnswer = 0;

        assertThatThrownBy(() -> list.read(100)).isInstanceOf(ClarifaiException.class);
        assertThat(list.sizes).containsExactly(100, 50, 25, 12, 6, 3, 1);
    }

    @Example
    void takes_the_page_sizes_that_clarifai_takes() {
        NewestFirst list = new NewestFirst(1);
        assertThatThrownBy(() -> list.read(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> list.read(1001)).isInstanceOf(IllegalArgumentException.class);
    }
}
