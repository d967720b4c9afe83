package com.clarifai.databricks.flow.dataset;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.Intention;
import com.clarifai.databricks.flow.run.MetKeys;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.TableTrial;
import com.clarifai.databricks.flow.table.TableWrite;
import com.clarifai.databricks.flow.table.Tables;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * The dry run of an export or update: rows are compared with their table as a merge would, but each batch is the parameter
 * of a query, and nothing is staged or written. The routes call it by name.
 */
public final class ExportTrial {

    /** Settles, from the columns of the table and of the rows for it, how it would be written. */
    public void open(
            @Variable(Run.VARIABLE) Run run,
            @Variable("write") TableWrite write,
            @Header("addColumns") Boolean addColumns) {
        DatasetRead dataset = run.dataset();
        tellOfTable(run, write, Boolean.TRUE.equals(addColumns));
        boolean merges = write.way() == TableWrite.Way.merge;
        boolean forgets = merges && dataset.isForgetting();
        String known = forgets ? decided(write.existing(), dataset.deletes()) : "true";
        String counted = forgets ? known : write.existing().isEmpty() || merges ? null : "true";
        dataset.tryOut(new TableTrial(
                write.kind(),
                write.table(),
                merges,
                merges ? write.merge() : null,
                known,
                counted,
                new AtomicLong(),
                new MetKeys()));
    }

    private static void tellOfTable(Run run, TableWrite write, boolean addColumns) {
        String name = write.table().fullName();
        switch (write.way()) {
            case create -> run.wouldCreate(Count.TABLES_CREATED, "table", name);
            case overwrite, rewrite -> run.would(new Intention("replace", "table", name, null, null));
            case merge -> {
                if (addColumns && !write.missing().isEmpty()) {
                    run.would(new Intention("add", "columns", write.missing(), "to", name));
                }
            }
        }
    }

    /** Of this dataset, not marked before, and no row of an import that Clarifai never took. */
    private static String decided(Columns table, Deletes deletes) {
        String own = "t.app_id = :?app AND t.dataset_id = :?dataset";
        String live = deletes == Deletes.mark && table.has(InputColumns.DELETED_AT) ? " AND t.deleted_at IS NULL" : "";
        return own + live + " AND " + Tables.taken(table);
    }

    /** That of the table that a batch is for. */
    public TableTrial of(Run run, TableKind kind) {
        return run.dataset().trial(kind);
    }

    /** The same when all batches have been compared. */
    public TableTrial gone(Run run, TableKind kind) {
        TableTrial trial = of(run, kind);
        // what was not read whole is not taken for deleted
        boolean incomplete = trial.compares() && !run.dataset().isForgetting();
        return incomplete
                ? new TableTrial(kind, trial.target(), true, null, "true", null, trial.found(), trial.met())
                : trial;
    }

    /** The body is one row of counts. */
    public void compared(
            @Variable("run") Run run, @Body List<Map<String, Object>> counts, @Variable("trial") TableTrial trial) {
        count(run, trial, number(counts, "inserted"), number(counts, "updated"));
        trial.found().addAndGet(number(counts, "found"));
        if (run.isListing()) {
            keys(counts, "inserted_keys").forEach(key -> run.would(Intention.ofRow("add", key, trial.target())));
            keys(counts, "updated_keys").forEach(key -> run.would(Intention.ofRow("change", key, trial.target())));
            keys(counts, "found_keys").forEach(trial.met()::add);
        }
    }

    private static List<String> keys(List<Map<String, Object>> counts, String column) {
        try {
            List<String> keys = new ArrayList<>();
            JsonText.tree((String) counts.get(0).get(column)).forEach(key -> keys.add(key.asText()));
            return keys;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "SQL's to_json gave something that is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The body is a batch of rows for a table that has none of them, or will not keep what it has. */
    public void inserted(
            @Variable("run") Run run, @Body List<Map<String, Object>> batch, @Variable("trial") TableTrial trial) {
        count(run, trial, batch.size(), 0);
        batch.forEach(row -> run.would(Intention.ofRow("add", String.valueOf(row.get(trial.key())), trial.target())));
    }

    /** The body is how many rows of the table are in question. */
    public void deleted(
            @Variable("run") Run run, @Body List<Map<String, Object>> counts, @Variable("trial") TableTrial trial) {
        Count count = trial.kind() == TableKind.inputs ? Count.INPUTS_DELETED : Count.ANNOTATIONS_DELETED;
        run.report(count);
        run.add(count, Math.max(0, number(counts, "row_count") - trial.found().get()));
    }

    /** Whether rows that go are to be named, one by one; those of a table that is replaced all go. */
    public boolean isListed(@Variable("run") Run run, @Variable("trial") TableTrial trial) {
        return run.isListing() && trial.compares();
    }

    /** The body is a page of the keys of the rows of the table that are in question. */
    public void listDeleted(
            @Variable("run") Run run, @Body List<Map<String, Object>> page, @Variable("trial") TableTrial trial) {
        String action = run.dataset().deletes() == Deletes.mark ? "mark as deleted" : "remove";
        page.stream()
                .map(row -> (String) row.get("position"))
                .filter(key -> !trial.met().has(key))
                .forEach(key -> run.would(Intention.ofRow(action, key, trial.target())));
    }

    private static void count(Run run, TableTrial trial, long inserted, long updated) {
        boolean inputs = trial.kind() == TableKind.inputs;
        run.add(inputs ? Count.INPUTS_INSERTED : Count.ANNOTATIONS_INSERTED, inserted);
        run.add(inputs ? Count.INPUTS_UPDATED : Count.ANNOTATIONS_UPDATED, updated);
    }

    private static long number(List<Map<String, Object>> counts, String name) {
        return ((Number) counts.get(0).get(name)).longValue();
    }
}
