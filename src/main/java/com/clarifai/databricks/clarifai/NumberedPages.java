package com.clarifai.databricks.clarifai;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The pages of a list that is numbered from its first item on, read so that the reader misses no item while others write.
 *
 * <p>Clarifai's lists begin with the newest item: one added meanwhile moves the others on, so that they come twice, and
 * one deleted meanwhile moves the others up, so that they would be skipped. Each page is therefore chosen to begin with
 * an item that was given already, and must hold one of those given lately (it <em>joins</em> them). If it does not, the
 * pages before it are tried until one joins; the first page always does.
 *
 * <p>Nothing that is in the list all the time is missed, as long as items keep their order: before each request, every
 * such item was given or is behind all that were given. A page that joins has one of these, <i>w</i>; an item that was
 * not given is behind <i>w</i>, and as a page has no gaps, it is in the page or behind all of it. Of the first page that
 * is true anyway. A page that joins and is not full has nothing behind it.
 *
 * <p>Only the last {@value #RECENT} ids are kept: when more items are added or deleted than that between two requests,
 * items may be given again.
 *
 * <p>A page too large for one message is asked for again in halves. Pages of less than {@value #SMALL} items may be
 * asked for a few items more, where no smaller page overlaps the one before.
 */
final class NumberedPages<T> implements Iterator<CompletableFuture<List<T>>> {

    /** No int is a multiple of all numbers up to 23. */
    private static final int SMALL = 23;

    private static final int RECENT = 10_000;

    /** Asks for a page. */
    interface Request<T> {
        /**
         * @param number from 1
         * @param size most items of each page, which makes the page begin with item {@code (number - 1) * size}
         */
        CompletableFuture<List<T>> send(int number, int size);
    }

    private record Window(int number, int size) {

        int end() {
            return number * size;
        }
    }

    private final Request<T> request;
    private final Function<T, String> id;
    private final Set<String> recent = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > RECENT;
        }
    });
    private int maxSize;
    private int end;
    private int overlap = 1;
    private boolean complete;

    NumberedPages(Request<T> request, Function<T, String> id, int pageSize) {
        this.request = request;
        this.id = id;
        this.maxSize = Pages.checkedSize(pageSize);
    }

    static <T> CompletableFuture<Pages<T>> open(Request<T> request, Function<T, String> id, int pageSize) {
        return Pages.open(new NumberedPages<>(request, id, pageSize));
    }

    @Override
    public boolean hasNext() {
        return !complete;
    }

    @Override
    public CompletableFuture<List<T>> next() {
        Window window = end == 0 ? new Window(1, maxSize) : overlapping();
        return request.send(window.number(), window.size())
                .thenCompose(items -> joins(window, items)
                        ? CompletableFuture.completedFuture(accept(window, items))
                        : search((end - 1) / maxSize + 1))
                .exceptionallyCompose(failure -> {
                    if (!ClarifaiFailures.isTooLarge(failure) || maxSize == 1) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    maxSize /= 2;
                    return next();
                });
    }

    /** Of the pages that overlap what was read, by as much as wanted if possible, the one that reaches farthest. */
    private Window overlapping() {
        int size = IntStream.rangeClosed(2, maxSize)
                .filter(candidate -> end % candidate != 0)
                .boxed()
                .max(Comparator.<Integer>comparingInt(candidate -> Math.min(end % candidate, overlap))
                        .thenComparing(candidate -> (end / candidate + 1) * candidate))
                .orElseGet(() -> IntStream.iterate(maxSize + 1, candidate -> candidate + 1)
                        .filter(candidate -> end % candidate != 0)
                        .findFirst()
                        .getAsInt());
        return new Window(end / size + 1, size);
    }

    /** Goes from that page to the first one, as far as needed. As others are deleting, later pages overlap more. */
    private CompletableFuture<List<T>> search(int number) {
        overlap = Math.max(1, Math.min(2 * overlap, maxSize / 2));
        Window window = new Window(number, maxSize);
        return request.send(window.number(), window.size())
                .thenCompose(items -> joins(window, items)
                        ? CompletableFuture.completedFuture(accept(window, items))
                        : search(number - 1));
    }

    private boolean joins(Window window, List<T> items) {
        return window.number() == 1 || items.stream().map(id).anyMatch(recent::contains);
    }

    private static boolean isFull(Window window, List<?> items) {
        return items.size() >= window.size();
    }

    /** @return those that are new */
    private List<T> accept(Window window, List<T> items) {
        List<T> fresh =
                items.stream().filter(item -> !recent.contains(id.apply(item))).toList();
        items.forEach(item -> recent.add(id.apply(item)));
        end = window.end();
        complete = !isFull(window, items);
        return fresh;
    }
}
