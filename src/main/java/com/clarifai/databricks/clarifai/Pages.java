package com.clarifai.databricks.clarifai;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All items of a list, one page ahead of its reader and never more. A short page is the last one.
 *
 * <p>Lists are numbered from the newest item on, so an item added meanwhile moves others to the next page: what the
 * page before held is left out.
 *
 * @param <T> item
 */
public final class Pages<T> implements Iterator<T> {

    /** Fetches a page. */
    interface Source<T> {
        /**
         * @param number from 1
         * @param last last item of the page before, null for the first page
         */
        CompletableFuture<List<T>> page(int number, T last);
    }

    private final Source<T> source;
    private final Function<T, String> id;
    private final int pageSize;
    private int number = 1;
    private CompletableFuture<List<T>> upcoming;
    private Set<String> seen = Set.of();
    private Iterator<T> items = List.<T>of().iterator();

    private Pages(Source<T> source, Function<T, String> id, int pageSize, CompletableFuture<List<T>> first) {
        this.source = source;
        this.id = id;
        this.pageSize = pageSize;
        this.upcoming = first;
    }

    /** Completes with the first page, so that a refused list fails here and not in the reader. */
    static <T> CompletableFuture<Pages<T>> open(Source<T> source, Function<T, String> id, int pageSize) {
        if (pageSize < 1 || pageSize > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 items, not " + pageSize);
        }
        CompletableFuture<List<T>> first = source.page(1, null);
        return first.thenApply(loaded -> new Pages<>(source, id, pageSize, first));
    }

    /** Waits for the next page where need be; throws {@link ClarifaiException}. */
    @Override
    public boolean hasNext() {
        while (!items.hasNext() && upcoming != null) {
            List<T> page = ClarifaiClient.join(upcoming);
            upcoming = page.size() < pageSize ? null : source.page(++number, page.get(page.size() - 1));
            Set<String> before = seen;
            seen = page.stream().map(id).collect(Collectors.toUnmodifiableSet());
            items = page.stream()
                    .filter(item -> !before.contains(id.apply(item)))
                    .iterator();
        }
        return items.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
