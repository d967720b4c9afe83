package com.clarifai.databricks.console;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** What there is to choose from, however much it is: the first names that match what somebody has typed. */
public final class NameLists {

    static final int MAX_LIMIT = 500;

    private static final int DEFAULT_LIMIT = 100;
    /** The field that names a thing, of Databricks or Clarifai. */
    private static final List<String> NAME_FIELDS = List.of("name", "app_id", "dataset_id");

    /**
     * The body is an iterator over things, read no further than needed.
     *
     * @param filter part of the names, in any case
     */
    public Map<String, Object> names(
            @Body Iterator<Map<String, Object>> things,
            @Header("filter") String filter,
            @Header("limit") String limit) {
        String part = filter == null ? "" : filter.strip().toLowerCase(Locale.ROOT);
        int most = TableRows.between("limit", limit, 1, DEFAULT_LIMIT, MAX_LIMIT);
        List<String> names = new ArrayList<>();
        boolean more = false;
        while (!more && things.hasNext()) {
            String name = name(things.next());
            if (name.toLowerCase(Locale.ROOT).contains(part)) {
                more = names.size() == most;
                if (!more) {
                    names.add(name);
                }
            }
        }
        return Map.of("items", names, "more", more);
    }

    /** An app that has been made, unless it was there. */
    public Map<String, Object> app(
            @Body Map<String, Object> app, @Header(ClarifaiConstants.APP_CREATED) boolean created) {
        return Map.of("app", name(app), "created", created);
    }

    private static String name(Map<String, Object> thing) {
        // a dataset has the id of its app as well: the last one that is there is its own
        return NAME_FIELDS.stream()
                .filter(thing::containsKey)
                .reduce((first, last) -> last)
                .map(field -> String.valueOf(thing.get(field)))
                .orElseThrow();
    }
}
