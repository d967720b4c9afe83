package com.clarifai.databricks.flow;

import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.flow.Run.Phase;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.ParameterName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what an export or update reads and writes. The body passes through unchanged. */
public final class ExportTally {

    private static final Logger LOG = LoggerFactory.getLogger(ExportTally.class);

    public void reading(@Variable("run") Run run) {
        run.enter(Phase.READING);
    }

    public void inputs(@Variable("run") Run run, @Body List<Map<String, Object>> batch) {
        run.add(Count.INPUTS, batch.size());
        batch.forEach(input -> {
            sawChange(run, input.get(InputColumns.INPUT_MODIFIED_AT));
            sawChange(run, input.get(InputColumns.ADDED_AT));
        });
    }

    public void annotations(@Variable("run") Run run, @Body List<Map<String, Object>> batch) {
        run.add(Count.ANNOTATIONS, batch.size());
        batch.forEach(annotation -> sawChange(run, annotation.get(AnnotationColumns.ANNOTATION_MODIFIED_AT)));
    }

    /**
     * Compares what was read of the dataset with how many inputs Clarifai counts in it, before ({@code counted}) and after
     * (the body); either may be unknown. As others may add or delete meanwhile, only less than both is too few. What was
     * not read must then not be taken for deleted, nor for read by later updates.
     */
    public void compare(
            Exchange exchange, @Variable("run") Run run, @ExchangeProperty("counted") Long before, @Body Long after) {
        long read = run.get(Count.INPUTS);
        boolean whole = exchange.getMessage().getHeader("selection") != null;
        if (!whole || before == null || after == null || read >= Math.min(before, after)) {
            return;
        }
        long counted = Math.min(before, after);
        run.report(Count.INPUTS_COUNTED);
        run.add(Count.INPUTS_COUNTED, counted);
        exchange.getMessage().removeHeader("selection");
        boolean deletes = exchange.getMessage().getHeader("deletes", Deletes.ignore, Deletes.class) != Deletes.ignore;
        exchange.getMessage().setHeader("deletes", Deletes.ignore);
        LOG.warn(
                "Clarifai listed {} inputs of the dataset but counts {} in it: the others are not in the tables.{} Run it"
                        + " again; an update with " + ParameterName.named("full"),
                read,
                counted,
                deletes ? " No row is taken for deleted this time." : "");
    }

    /** The body is a batch that is to be staged. */
    public void staged(@Variable("run") Run run, @Body List<?> batch) {
        run.add(Count.STAGED, batch.size());
    }

    public void writing(@Variable("run") Run run) {
        run.enter(Phase.WRITING);
    }

    /** What a write has changed in a table of that kind. */
    public void written(
            @Variable("run") Run run,
            @Header("kind") String kind,
            @Header("inserted") long inserted,
            @Header("updated") long updated) {
        boolean inputs = kind.equals("inputs");
        run.add(inputs ? Count.INPUTS_INSERTED : Count.ANNOTATIONS_INSERTED, inserted);
        run.add(inputs ? Count.INPUTS_UPDATED : Count.ANNOTATIONS_UPDATED, updated);
    }

    /** What an update has marked or removed in a table of that kind. */
    public void deleted(@Variable("run") Run run, @Header("kind") String kind, @Header("affected") long deleted) {
        run.add(kind.equals("inputs") ? Count.INPUTS_DELETED : Count.ANNOTATIONS_DELETED, deleted);
    }

    /** Sets the header {@code readUntil}: all changes up to this time are in the tables. */
    public void complete(Exchange exchange, @Variable("run") Run run) {
        run.enter(Phase.DONE);
        if (run.latestChange().isAfter(Instant.EPOCH)) {
            exchange.getMessage().setHeader("readUntil", run.latestChange());
        }
    }

    private static void sawChange(Run run, Object time) {
        if (time instanceof Instant instant) {
            run.sawChange(instant);
        }
    }
}
