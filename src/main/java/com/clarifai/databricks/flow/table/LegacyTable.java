package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.JsonRow;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Intention;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.mapping.LegacyRows;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Reads a table of the old module page by page, as rows of today's schema. The routes call it by name. */
public final class LegacyTable {

    /**
     * What is read of a table.
     *
     * @param taken what SQL is to give of a row
     */
    public record Reading(TableKind kind, String taken) {

        /** The column that it is read in the order of. */
        public String key() {
            return kind.key();
        }
    }

    /**
     * Tells by the columns of a table what it holds.
     *
     * @throws IllegalArgumentException when it is neither a table of inputs nor of annotations
     */
    public Reading recognise(
            @Variable(Run.VARIABLE) Run run,
            @Body List<Map<String, Object>> description,
            @Header("force") Boolean force) {
        TableName table = run.tables().legacy();
        Columns columns = Columns.of(description);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table " + table.fullName() + " does not exist");
        }
        TableKind kind = kind(table, columns);
        boolean inputs = kind == TableKind.inputs;
        String time = inputs ? InputColumns.INPUT_CREATED_AT : AnnotationColumns.ANNOTATION_CREATED_AT;
        if (!"string".equals(columns.types().get(time))) {
            throw new IllegalArgumentException("table " + table.fullName()
                    + " is not one of the old module: its times are no text. It can be updated as it is");
        }
        Tables.refuseForeign(description, table, kind, force);
        List<String> taken = columns.names().stream()
                .filter(inputs ? LegacyRows::isOfInput : LegacyRows::isOfAnnotation)
                .toList();
        return new Reading(kind, JsonRow.select(taken));
    }

    private static TableKind kind(TableName table, Columns columns) {
        if (columns.has(AnnotationColumns.ANNOTATION_ID)) {
            return TableKind.annotations;
        }
        if (columns.has(InputColumns.INPUT_ID)) {
            return TableKind.inputs;
        }
        throw new IllegalArgumentException("table " + table.fullName()
                + " has neither annotation_id nor input_id: it is no table of the old module");
    }

    /** A page of that table. App and dataset, which it does not have, are those of the message. */
    public List<Map<String, Object>> rows(
            @Body List<Map<String, Object>> page,
            @Variable("run") Run run,
            @Variable("legacy") Reading legacy,
            @Header("app") String app,
            @Header("dataset") String dataset) {
        run.enter(Phase.READING);
        boolean inputs = legacy.kind() == TableKind.inputs;
        run.add(inputs ? Count.INPUTS : Count.ANNOTATIONS, page.size());
        return page.stream()
                .map(JsonRow::columns)
                .map(inputs ? LegacyRows::input : LegacyRows::annotation)
                .peek(row -> {
                    row.putIfAbsent(InputColumns.APP_ID, app);
                    row.putIfAbsent(InputColumns.DATASET_ID, dataset);
                })
                .toList();
    }

    /** In a dry run: all rows were counted. */
    public void wouldReplace(@Variable("run") Run run) {
        run.would(new Intention("replace", "table", run.tables().legacy().fullName(), null, null));
    }

    /** In a dry run: counts, and names to whoever asks, what would be rewritten; rows of one key become one. */
    public void wouldRewrite(
            @Body List<Map<String, Object>> rows, @Variable("run") Run run, @Variable("legacy") Reading legacy) {
        Set<String> keys =
                rows.stream().map(row -> (String) row.get(legacy.key())).collect(Collectors.toSet());
        run.add(legacy.kind() == TableKind.inputs ? Count.INPUTS_INSERTED : Count.ANNOTATIONS_INSERTED, keys.size());
        keys.forEach(
                key -> run.would(Intention.ofRow("rewrite", key, run.tables().legacy())));
    }
}
