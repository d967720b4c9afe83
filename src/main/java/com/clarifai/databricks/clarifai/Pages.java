package com.clarifai.databricks.clarifai;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * All items of a list, one page ahead of its reader and never more.
 *
 * @param <T> item
 */
public final class Pages<T> implements Iterator<T> {

    private static final int MAX_SIZE = 1000;

    private final Iterator<CompletableFuture<List<T>>> source;
    private CompletableFuture<List<T>> upcoming;
    private Iterator<T> items = List.<T>of().iterator();

    private Pages(Iterator<CompletableFuture<List<T>>> source, CompletableFuture<List<T>> first) {
        this.source = source;
        this.upcoming = first;
    }

    /**
     * Completes with the first page, so that a refused list fails here and not in the reader.
     *
     * @param source asks for the pages; is itself asked only when the page before is complete, by the reader's thread
     */
    static <T> CompletableFuture<Pages<T>> open(Iterator<CompletableFuture<List<T>>> source) {
        if (!source.hasNext()) {
            return CompletableFuture.completedFuture(new Pages<>(source, null));
        }
        CompletableFuture<List<T>> first = source.next();
        return first.thenApply(loaded -> new Pages<>(source, first));
    }

    /** @return the size, if Clarifai takes it */
    static int checkedSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX_SIZE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_SIZE + " items, not " + pageSize);
        }
        return pageSize;
    }

    /** Waits for the next page where need be; throws {@link ClarifaiException}. */
    @Override
    public boolean hasNext() {
        while (!items.hasNext() && upcoming != null) {
            List<T> page = ClarifaiClient.join(upcoming);
            upcoming = source.hasNext() ? source.next() : null;
            items = page.iterator();
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
