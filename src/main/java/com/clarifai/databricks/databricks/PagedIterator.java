package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The items of a paged list, one page held at a time. A page may be empty and still be followed by another. */
final class PagedIterator<T> implements Iterator<T> {

    /** @param nextToken null after the last page */
    record Page<T>(List<T> items, String nextToken) {}

    private final Function<String, Page<T>> fetch;
    private Iterator<T> items = Collections.emptyIterator();
    private String token;
    private boolean last;

    /** @param fetch the page of a token, the first page for null */
    PagedIterator(Function<String, Page<T>> fetch) {
        this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && !last) {
            Page<T> page = fetch.apply(token);
            if (page.nextToken() != null && page.nextToken().equals(token)) {
                throw new DatabricksException(Kind.INTERNAL, "a page of a list names itself as the next page");
            }
            items = page.items().iterator();
            token = page.nextToken();
            last = token == null;
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
