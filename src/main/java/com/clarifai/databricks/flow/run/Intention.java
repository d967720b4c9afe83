package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a run would do, as a dry run finds out.
 *
 * @param action such as {@code upload}
 * @param what it would be done to: {@code input}, {@code row}, {@code table}, {@code dataset}, {@code image}
 * @param id of that; null where it has none
 * @param relation how it is to the place: {@code from}, {@code in}, {@code because}; null without a place
 * @param place where it is, or why it would be done; null when there is nothing to say
 */
public record Intention(String action, String what, String id, String relation, String place) {

    public static Intention create(String what, String name) {
        return new Intention("create", what, name, null, null);
    }

    /** @param action such as {@code add} */
    public static Intention ofRow(String action, String key, TableName table) {
        return new Intention(action, "row", key, "in", table.fullName());
    }

    /**
     * What an import would do with a row whose outcome is settled; empty where that is nothing.
     *
     * @param row by the names of {@link InputColumns}
     */
    public static Optional<Intention> ofImport(Map<String, Object> row) {
        String id = Objects.toString(row.get(InputColumns.INPUT_ID), null);
        String source = Objects.toString(row.get(InputColumns.SOURCE_URI), null);
        return Optional.ofNullable(
                switch (Outcome.valueOf((String) row.get(InputColumns.OUTCOME))) {
                    case IMPORTED ->
                        new Intention(
                                "upload",
                                "input",
                                id,
                                "from",
                                Objects.toString(row.get(InputColumns.IMAGE_URL), source));
                    case UPDATED -> new Intention("change", "input", id, "from", source);
                    case REJECTED ->
                        new Intention(
                                "reject",
                                source == null ? "input" : "source",
                                source == null ? id : source,
                                "because",
                                Objects.toString(row.get(InputColumns.STATUS_MESSAGE), null));
                    case EXISTING, UNKNOWN -> null;
                });
    }

    /** For programs: {@code would}, {@code what}, {@code id} and, where there is one, the place by its relation. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("would", action);
        map.put("what", what);
        map.put("id", id);
        if (place != null) {
            map.put(relation, place);
        }
        return map;
    }

    /** For people, in one line, whatever the names have in them: {@code would add row i1 in main.default.inputs}. */
    public String line() {
        return ("would " + action + " " + what + (id == null ? "" : " " + id)
                        + (place == null ? "" : " " + relation + " " + place))
                .replaceAll("\\p{Cntrl}", " ");
    }
}
