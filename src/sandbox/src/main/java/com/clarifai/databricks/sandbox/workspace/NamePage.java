package com.clarifai.databricks.sandbox.workspace;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** A page of a sorted list of names, and the token of the next one, null at the end. */
record NamePage(List<String> names, String nextPageToken) {

    static NamePage after(List<String> sorted, String token, int size) {
        int from = token == null ? 0 : firstBehind(sorted, PageToken.position(token));
        int to = Math.min(sorted.size(), from + size);
        return new NamePage(sorted.subList(from, to), to < sorted.size() ? PageToken.behind(sorted.get(to - 1)) : null);
    }

    /**
     * A page of a Unity Catalog list: {@code max_results} unset means everything at once, 0 the server's page size.
     *
     * @param startsEmpty whether the first page has nothing but a token, as the real service may answer at any time
     */
    static NamePage of(Parameters parameters, List<String> sorted, int serverSize, boolean startsEmpty) {
        OptionalInt wanted = parameters.number("max_results");
        if (wanted.isEmpty()) {
            return new NamePage(sorted, null);
        }
        String token = parameters.find("page_token").orElse(null);
        if (token == null && startsEmpty) {
            return new NamePage(List.of(), PageToken.behind(""));
        }
        int size = wanted.getAsInt() == 0 ? serverSize : Math.min(wanted.getAsInt(), serverSize);
        return after(sorted, token, size);
    }

    private static int firstBehind(List<String> sorted, String name) {
        int index = Collections.binarySearch(sorted, name);
        return index < 0 ? -index - 1 : index + 1;
    }
}
