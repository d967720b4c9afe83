package com.clarifai.databricks.flow.dataset;

import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.job.ChangedRows;
import com.clarifai.databricks.job.KnownRows;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.ParameterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what of a dataset has changed since an earlier run has read it, so that only that is staged.
 *
 * <p>Clarifai's lists cannot be asked for changes: they are read whole, and compared with the latest change that the
 * earlier run has seen. What such a run saw of the selection was complete, so only what is newer, or came into the dataset
 * later, can be missing in the tables.
 */
public final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    /** What tells one selection from another: of these, rows that were read for one say nothing of another. */
    private static final List<String> SELECTION =
            List.of("app", "dataset", "annotationStatus", "annotationUser", "concept", "inputLevelOnly", "modelOutput");

    /** Keeps apart what versions have recorded that took marks for times of another zone: they may have passed changes over. */
    private static final Map<String, String> KIND_OF_MARK = Map.of("mark", "utc");

    private static final List<String> NARROWING = List.of("annotationStatus", "annotationUser", "concept");

    private Duration overlap = Duration.ZERO;

    /** How much earlier to begin, as changes may become visible a little later than their time says. */
    public void setOverlap(Duration overlap) {
        this.overlap = overlap;
    }

    /** Of which dataset, in which tables, which annotations; as JSON. */
    public static String selection(Message message, RunTables tables) {
        Map<String, String> selection = new TreeMap<>(KIND_OF_MARK);
        selection.put("inputs", tables.inputs().toString());
        selection.put("annotations", tables.annotations().toString());
        for (String name : SELECTION) {
            Object value = message.getHeader(name);
            if (value != null
                    && !value.toString().isEmpty()
                    && !value.toString().equals("false")) {
                selection.put(name, value.toString());
            }
        }
        return JsonText.of(selection);
    }

    /**
     * @throws IllegalArgumentException when rows of other annotations would be taken for deleted ones, or a search is to
     *     find what it cannot
     */
    public static void refuseContradictions(Message parameters, Deletes deletes) {
        boolean forgets = deletes != null && deletes != Deletes.ignore;
        boolean narrow = isTrue(parameters.getHeader("inputLevelOnly"))
                || NARROWING.stream()
                        .map(parameters::getHeader)
                        .anyMatch(value -> value != null && !value.toString().isEmpty());
        if (forgets && narrow) {
            throw new IllegalArgumentException(
                    ParameterName.named("deletes", deletes) + " needs all annotations to be read: leave out "
                            + ParameterName.named("status") + ", " + ParameterName.named("annotation-user") + ", "
                            + ParameterName.named("concept") + " and " + ParameterName.named("input-level-only"));
        }
        boolean search = isTrue(parameters.getHeader("search"));
        if (search && forgets) {
            throw new IllegalArgumentException(ParameterName.named("search")
                    + " never finds what was deleted: leave it out with " + ParameterName.named("deletes", deletes));
        }
        if (search && isTrue(parameters.getHeader("full"))) {
            throw new IllegalArgumentException(ParameterName.named("search") + " reads what changed and "
                    + ParameterName.named("full") + " everything: leave one of them out");
        }
    }

    /**
     * Settles what is staged: when an earlier run has read the same selection, what changed since; else everything.
     *
     * @param found one row, whose {@code read_until} is the latest change that the run has seen, in microseconds
     *     since 1970
     */
    public void since(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> found) {
        Instant until = found.isEmpty() ? null : SqlTime.ofMicros(found.get(0).get("read_until"));
        if (until == null) {
            LOG.info("No earlier run is known to have read all of this into these tables: everything is compared");
            return;
        }
        run.sawChange(until);
        run.dataset().readSince(until.minus(overlap));
    }

    /** The body has what the tables know of what changed within the overlap: texts of {@link KnownRows}. */
    public void known(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> found) {
        KnownRows known = KnownRows.of(
                found.stream().map(row -> (String) row.get("digests")).toList());
        run.dataset().know(known);
        LOG.info(
                "Of what changed since {} the tables have {} rows",
                run.dataset().since(),
                known.size());
    }

    /**
     * To be called behind a search, whose rows are the body; null when it could not tell. A run that reads what a search has
     * found does not count as one that has read everything: what a search cannot find would otherwise be taken for known by
     * all later updates.
     */
    public void searched(@Variable(Run.VARIABLE) Run run, @Body Object found) {
        if (found != null) {
            run.dataset().missSome();
        }
    }

    /**
     * Compares what was read of the dataset with how many inputs Clarifai counts in it, before ({@code counted}) and after
     * (the body); either may be unknown. As others may add or delete meanwhile, only less than both is too few. What was
     * not read must then not be taken for deleted, nor for read by later updates.
     */
    public void compareCounts(@Variable(Run.VARIABLE) Run run, @Variable("counted") Long before, @Body Long after) {
        long read = run.get(Run.Count.INPUTS);
        boolean whole = run.dataset().selection() != null;
        if (!whole || before == null || after == null || read >= Math.min(before, after)) {
            return;
        }
        long counted = Math.min(before, after);
        run.report(Run.Count.INPUTS_COUNTED);
        run.add(Run.Count.INPUTS_COUNTED, counted);
        boolean forgets = run.dataset().isForgetting();
        run.dataset().missSome();
        LOG.warn(
                "Clarifai listed {} inputs of the dataset but counts {} in it: the others are not in the tables.{} Run it"
                        + " again; an update with " + ParameterName.named("full"),
                read,
                counted,
                forgets ? " No row is taken for deleted this time." : "");
    }

    /** The inputs of a batch that changed, or came into the dataset, since then, but those that are known. */
    public List<Map<String, Object>> inputs(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> batch) {
        return changed(run.dataset()).inputs(batch);
    }

    /**
     * The annotations that changed since then, and all of inputs that came into the dataset since then, but those that are
     * known.
     *
     * @param inputs the inputs of the batch that they are of
     */
    public List<Map<String, Object>> annotations(
            @Variable(Run.VARIABLE) Run run,
            @Body List<Map<String, Object>> batch,
            @Variable("inputBatch") List<Map<String, Object>> inputs) {
        return changed(run.dataset()).annotations(batch, inputs);
    }

    private static ChangedRows changed(DatasetRead dataset) {
        return new ChangedRows(
                dataset.since(), dataset.known(), dataset.images().path() != null);
    }

    /** The keys of a batch of rows of a kind. */
    public List<Map<String, Object>> keys(List<Map<String, Object>> batch, TableKind kind) {
        return batch.stream().map(row -> Map.of("id", row.get(kind.key()))).toList();
    }

    private static boolean isTrue(Object header) {
        return header != null && Boolean.parseBoolean(header.toString());
    }
}
