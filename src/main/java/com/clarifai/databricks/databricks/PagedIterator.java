package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The items of a paged list, one page held at a time. A page may be empty and still be followed by another.
 *
 * <p>A list whose pages lead back to an earlier one would never end. Any such loop, however long, is found by comparing each
 * token with one that is kept, and replaced after 1, 2, 4, 8… pages (Brent's algorithm).
 */
final class PagedIterator<T> implements Iterator<T> {

    /** @param nextToken null after the last page */
    record Page<T>(List<T> items, String nextToken) {}

    private final WorkspaceRequest request;
    private final Function<String, Page<T>> fetch;
    private String kept;
    private long pages;
    private long keepAt = 1;
    private Iterator<T> items = Collections.emptyIterator();
    private String token;
    private boolean last;

    /**
     * @param request for the first page, which says what the list is
     * @param fetch the page of a token, the first page for null
     */
    PagedIterator(WorkspaceRequest request, Function<String, Page<T>> fetch) {
        this.request = request;
        this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && !last) {
            Page<T> page = fetch.apply(token);
            refuseLoop(page.nextToken());
            items = page.items().iterator();
            token = page.nextToken();
            last = token == null;
        }
        return items.hasNext();
    }

    private void refuseLoop(String next) {
        if (next == null) {
            return;
        }
        if (next.equals(kept)) {
            throw new DatabricksException(
                    Kind.INTERNAL,
                    request.call(),
                    request.what() + ": the list has no end, its pages lead back to an earlier one");
        }
        pages++;
        if (pages == keepAt) {
            kept = next;
            keepAt *= 2;
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
