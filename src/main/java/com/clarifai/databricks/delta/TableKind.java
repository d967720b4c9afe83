package com.clarifai.databricks.delta;

import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of tables that this program makes, and how one is told from a table of somebody else.
 *
 * <p>Tables that it makes carry the property {@value #PROPERTY}. Those of earlier versions and of the old module have none:
 * they are known by their columns. One column alone, such as {@code input_id}, says nothing.
 */
public enum TableKind {
    /** Inputs of a dataset, exported or tracked by an import. */
    inputs(
            List.of("input_id", "image_url", "app_id", "dataset_id", "run_id", "synced_at"),
            List.of("input_id", "image_url", "image_info", "input_created_at", "input_modified_at")),
    /** Annotations of a dataset. */
    annotations(
            List.of("annotation_id", "annotation", "input_id", "app_id", "dataset_id", "run_id", "synced_at"),
            List.of("annotation_id", "annotation", "input_id", "annotation_created_at", "annotation_modified_at")),
    /** Rows that an import has rejected. */
    rejects(List.of(
            "source_uri",
            "raw",
            "input_id",
            "app_id",
            "dataset_id",
            "status_code",
            "status_message",
            "run_id",
            "synced_at")),
    /** The history of runs. */
    runs(List.of("run_id", "flow", "subject", "parameters", "host", "started_at", "renewed_at", "outcome"));

    /** Of a table: what it was made for; the SQL files set it, and the kamelet of the Delta sink to "rows". */
    public static final String PROPERTY = "databricks-connect.table";

    /** Of the writers of the inputs table the one that is no import. */
    private static final String EXPORT = "export";

    private static final Pattern MADE_FOR = Pattern.compile("[\\[,]\\s*" + Pattern.quote(PROPERTY) + "=(\\w+)\\s*[],]");

    private static final int MOST_NAMED = 4;

    private final List<List<String>> generations;

    @SafeVarargs
    TableKind(List<String>... generations) {
        this.generations = Arrays.asList(generations);
    }

    /**
     * What speaks against that this program, or the old module, has made a table of this kind; empty when nothing does.
     *
     * @param description rows of {@code DESCRIBE TABLE EXTENDED}
     */
    public Optional<String> against(List<Map<String, Object>> description) {
        Optional<String> made = madeFor(description);
        if (made.isPresent()) {
            return made.filter(kind -> !kind.equals(name()))
                    .map(kind ->
                            "its property " + PROPERTY + " says that it was made for " + kind + ", not for " + this);
        }
        Set<String> columns = Columns.of(description).names();
        if (generations.stream().anyMatch(columns::containsAll)) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>();
        Set<String> strange = new LinkedHashSet<>(columns);
        TableDeclaration.shippedNames(name()).forEach(strange::remove);
        if (!strange.isEmpty()) {
            reasons.add("has the columns " + some(strange));
        }
        Set<String> missing = new LinkedHashSet<>(generations.get(0));
        missing.removeAll(columns);
        reasons.add("lacks " + some(missing));
        reasons.add("has no property " + PROPERTY);
        return Optional.of("it " + String.join(", ", reasons));
    }

    /** The column that tells its rows apart, together with app and dataset. */
    public String key() {
        return switch (this) {
            case inputs -> InputColumns.INPUT_ID;
            case annotations -> AnnotationColumns.ANNOTATION_ID;
            case rejects -> InputColumns.SOURCE_URI;
            case runs -> InputColumns.RUN_ID;
        };
    }

    /** The columns that tell in which state of Clarifai a row of an export is. */
    public List<String> stateColumns() {
        String changed = this == inputs ? InputColumns.INPUT_MODIFIED_AT : AnnotationColumns.ANNOTATION_MODIFIED_AT;
        return List.of(changed, InputColumns.STATUS_CODE, InputColumns.RUN_ID, InputColumns.DELETED_AT);
    }

    /** The columns that an import, or the history of runs, needs in a table of this kind and does not find. */
    public List<String> missing(Columns table, DeclaredTable declared) {
        List<String> needed =
                switch (this) {
                    case inputs -> declared.writtenBy(writer -> !writer.equals(EXPORT));
                    case rejects -> declared.names();
                    // a table of an earlier version lacks some
                    case annotations, runs -> generations.get(0);
                };
        return needed.stream().filter(column -> !table.has(column)).toList();
    }

    /** The same for any kind, as rows may go through a sink to any table that this program has made. */
    public static Optional<String> againstAny(List<Map<String, Object>> description) {
        boolean ours = madeFor(description).isPresent()
                || Arrays.stream(values())
                        .anyMatch(kind -> kind.against(description).isEmpty());
        return ours
                ? Optional.empty()
                : Optional.of("it has no property " + PROPERTY + ", and its columns "
                        + some(new TreeSet<>(Columns.of(description).names())) + " are of no table that it makes");
    }

    private static Optional<String> madeFor(List<Map<String, Object>> description) {
        return description.stream()
                .filter(row -> "Table Properties".equals(row.get("col_name")))
                .map(row -> MADE_FOR.matcher(String.valueOf(row.get("data_type"))))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String some(Set<String> names) {
        String named = String.join(", ", names.stream().limit(MOST_NAMED).toList());
        return names.size() > MOST_NAMED ? named + " and " + (names.size() - MOST_NAMED) + " more" : named;
    }
}
