package com.clarifai.databricks.flow.dataset;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.TableKind;
import com.clarifai.databricks.flow.run.TableTrial;
import com.clarifai.databricks.flow.table.TableWrite;
import com.clarifai.databricks.flow.table.Tables;
import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The dry run of an export or update: rows are compared with their table as a merge would, but each batch is the parameter
 * of a query, and nothing is staged or written. The routes call it by name.
 */
public final class ExportTrial {

    /** Settles, from the columns of the table and of the rows for it, how it would be written. */
    public void open(@Variable(Run.VARIABLE) Run run, @Variable("write") TableWrite write) {
        DatasetRead dataset = run.dataset();
        boolean merges = write.way() == TableWrite.Way.merge;
        boolean forgets = merges && dataset.isForgetting();
        String known = forgets ? decided(write.existing(), dataset.deletes()) : "true";
        String counted = forgets ? known : write.existing().isEmpty() || merges ? null : "true";
        dataset.tryOut(new TableTrial(
                write.kind(), write.table(), merges, merges ? write.merge() : null, known, counted, new AtomicLong()));
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
        return incomplete ? new TableTrial(kind, trial.target(), true, null, "true", null, trial.found()) : trial;
    }

    /** The body is one row of counts. */
    public void compared(
            @Variable("run") Run run, @Body List<Map<String, Object>> counts, @Variable("trial") TableTrial trial) {
        count(run, trial, number(counts, "inserted"), number(counts, "updated"));
        trial.found().addAndGet(number(counts, "found"));
    }

    /** The body is a batch of rows for a table that has none of them, or will not keep what it has. */
    public void inserted(@Variable("run") Run run, @Body List<?> batch, @Variable("trial") TableTrial trial) {
        count(run, trial, batch.size(), 0);
    }

    /** The body is how many rows of the table are in question. */
    public void deleted(
            @Variable("run") Run run, @Body List<Map<String, Object>> counts, @Variable("trial") TableTrial trial) {
        Count count = trial.kind() == TableKind.inputs ? Count.INPUTS_DELETED : Count.ANNOTATIONS_DELETED;
        run.report(count);
        run.add(count, Math.max(0, number(counts, "row_count") - trial.found().get()));
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
