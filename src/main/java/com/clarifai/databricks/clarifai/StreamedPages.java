package com.clarifai.databricks.clarifai;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The pages of a list that goes on after a given item, which writers do not disturb. A page that is not full ends it. */
final class StreamedPages<T> implements Iterator<CompletableFuture<List<T>>> {

    private final Function<T, CompletableFuture<List<T>>> request;
    private final int pageSize;
    private T last;
    private boolean complete;

    /** @param request asks for the page after an item, or for the first one after null */
    StreamedPages(Function<T, CompletableFuture<List<T>>> request, int pageSize) {
        this.request = request;
        this.pageSize = Pages.checkedSize(pageSize);
    }

    @Override
    public boolean hasNext() {
        return !complete;
    }

    @Override
    public CompletableFuture<List<T>> next() {
        return request.apply(last).thenApply(items -> {
            complete = items.size() < pageSize;
            last = items.isEmpty() ? null : items.get(items.size() - 1);
            return items;
        });
    }
}
