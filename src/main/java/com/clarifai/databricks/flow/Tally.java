package com.clarifai.databricks.flow;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.delta.MergeMetrics;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.flow.run.Intention;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.flow.source.PlannedPages;
import com.clarifai.databricks.flow.table.TableWrite;
import com.clarifai.databricks.flow.table.Tables;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.databricks.transfer.Transfer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to the rows, files and images of a run. The routes call it by name; the message body passes through unchanged. */
public final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    private static final String ROWS_READ = "rowsRead";

    /** The body is what the source holds, of which the first page is asked for: who may not read it is told so now. */
    public void readable(
            @Variable("run") Run run,
            @Body Iterator<?> files,
            @Header(DatabricksConstants.OPENED_TRANSFER) Transfer transfer,
            @Header("on") String on) {
        files.hasNext();
        String way = "cluster".equals(on) ? "cluster, whose executors read them" : transfer.description();
        LOG.info("Pictures are transferred by {}", way);
        run.notes().transferBy(way);
    }

    /** The body is a batch of what the source holds; files that were listed before may be on their way already. */
    public void read(Exchange files, @Variable("run") Run run, @Body List<?> batch) {
        enterUnlessSending(run, Phase.LISTING);
        run.add(Count.READ, batch.size());
        files.setVariable(ROWS_READ, batch.size());
    }

    /** The body is a page of rows, all of which are to be brought to an end; several may be under way. */
    public void readPage(Exchange page, @Variable("run") Run run, @Body List<?> rows) {
        run.enter(Phase.UPLOADING);
        run.add(Count.READ, rows.size());
        page.setVariable(ROWS_READ, rows.size());
    }

    /** The body is what is left of that page: rows that a step has left out are skipped. */
    public void kept(@Variable("run") Run run, @Variable(ROWS_READ) int read, @Body List<?> rows) {
        run.add(Count.SKIPPED, read - (long) rows.size());
        run.planMore(rows.size());
    }

    public void planning(@Variable("run") Run run) {
        enterUnlessSending(run, Phase.PLANNING);
    }

    private static void enterUnlessSending(Run run, Phase phase) {
        if (run.phase() != Phase.UPLOADING) {
            run.enter(phase);
        }
    }

    /**
     * The body is the one row of counts of the plan of a batch of files: {@code pending} to be uploaded, {@code existing} and
     * {@code rejected} as tracked before, {@code planned_at} by the warehouse's clock, in microseconds since 1970. What was
     * read and is in none of them was left out on the way: it is skipped.
     */
    public void planned(
            Exchange files,
            @Variable("run") Run run,
            @Variable(ROWS_READ) int read,
            @Body List<Map<String, Object>> counts) {
        long pending = number(counts, "pending");
        long existing = number(counts, "existing");
        long rejected = number(counts, "rejected");
        run.add(Count.EXISTING, existing);
        run.add(Count.REJECTED, rejected);
        run.add(Count.SKIPPED, read - pending - existing - rejected);
        run.planMore(pending);
        run.notePlanned(number(counts, "planned_at"));
        run.enter(Phase.UPLOADING);
        files.setVariable(PlannedPages.PENDING, pending);
    }

    /** The body is a batch that has been dealt with, but for Clarifai's processing. */
    public void uploaded(@Variable("run") Run run, @Body List<?> batch) {
        run.addUploaded(batch.size());
        run.addBytes(batch.stream().mapToLong(Tally::size).sum());
        long existing = batch.stream().filter(Tally::isExisting).count();
        run.noteExisting(2 * existing > batch.size());
    }

    private static boolean isExisting(Object row) {
        return row instanceof Map<?, ?> columns && Outcome.EXISTING.name().equals(columns.get(InputColumns.OUTCOME));
    }

    /** The body is a list of rows that have come to their end. */
    public void ended(@Variable("run") Run run, @Body List<Map<String, Object>> rows) {
        reportUnknown(run, rows);
        for (Map<String, Object> row : rows) {
            run.add(
                    switch (Outcome.valueOf((String) row.get(InputColumns.OUTCOME))) {
                        case IMPORTED -> Count.IMPORTED;
                        case UPDATED -> Count.UPDATED;
                        case EXISTING -> Count.EXISTING;
                        case REJECTED -> Count.REJECTED;
                        case UNKNOWN -> Count.UNKNOWN;
                    },
                    1);
        }
    }

    /** Rare enough to be told of only when there are some. */
    private static void reportUnknown(Run run, List<Map<String, Object>> rows) {
        Map<Object, Long> codes = rows.stream()
                .filter(row -> Outcome.UNKNOWN.name().equals(row.get(InputColumns.OUTCOME)))
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.get(InputColumns.STATUS_CODE)), TreeMap::new, Collectors.counting()));
        if (!codes.isEmpty()) {
            run.report(Count.UNKNOWN);
            LOG.warn(
                    "Clarifai has inputs in states of unknown meaning, which are left as they are; number by status code:"
                            + " {}",
                    codes);
        }
    }

    /** The headers are those of {@code clarifai:postAnnotations}. */
    public void annotated(
            @Variable("run") Run run,
            @Header(ClarifaiConstants.ANNOTATION_COUNT) int accepted,
            @Header(ClarifaiConstants.REJECTED_ANNOTATION_COUNT) int rejected) {
        run.add(Count.ANNOTATIONS, accepted);
        run.add(Count.REJECTED_ANNOTATIONS, rejected);
    }

    /** In a dry run: the body is a list of rows that have been checked; those that are not there would be imported. */
    public void wouldEnd(@Variable("run") Run run, @Body List<Map<String, Object>> rows) {
        rows.forEach(row -> row.putIfAbsent(InputColumns.OUTCOME, Outcome.IMPORTED.name()));
        ended(run, rows);
        if (run.isListing()) {
            rows.stream().map(Intention::ofImport).flatMap(Optional::stream).forEach(run::would);
        }
    }

    /** In a dry run: there is no such dataset yet. */
    public void wouldCreateDataset(@Variable("run") Run run, @Header("dataset") String dataset) {
        run.wouldCreate(Count.DATASETS_CREATED, "dataset", dataset);
    }

    /**
     * The dataset is about to be read.
     *
     * @param counted how many inputs Clarifai counts in it; null when it does not tell
     */
    public void reading(@Variable("run") Run run, @Variable("counted") Long counted, @Header("search") Boolean search) {
        run.enter(Phase.READING);
        boolean changedOnly = Boolean.TRUE.equals(search) && run.dataset().since() != null;
        run.expect(counted == null || changedOnly ? 0 : counted);
    }

    /** The body is a batch of inputs of the dataset. */
    public void readInputs(@Variable("run") Run run, @Body List<Map<String, Object>> batch) {
        run.add(Count.INPUTS, batch.size());
        batch.forEach(input -> {
            sawChange(run, input.get(InputColumns.INPUT_MODIFIED_AT));
            sawChange(run, input.get(InputColumns.ADDED_AT));
        });
    }

    /** The body is a batch of annotations of the dataset. */
    public void readAnnotations(@Variable("run") Run run, @Body List<Map<String, Object>> batch) {
        run.add(Count.ANNOTATIONS, batch.size());
        batch.forEach(annotation -> sawChange(run, annotation.get(AnnotationColumns.ANNOTATION_MODIFIED_AT)));
    }

    private static void sawChange(Run run, Object time) {
        if (time instanceof Instant instant) {
            run.sawChange(instant);
        }
    }

    /** A batch that is to be staged. */
    public void staged(Run run, TableKind kind, List<?> batch) {
        run.add(Count.STAGED, batch.size());
        if (!batch.isEmpty()) {
            run.dataset().noteStaged(kind);
        }
    }

    /** The tables are about to be written. */
    public void writing(@Variable("run") Run run) {
        run.enter(Phase.WRITING);
    }

    /** What a write has changed in its table; the body is the answer to the statement. */
    public void written(
            @Variable("run") Run run,
            @Variable("write") TableWrite write,
            @Body Object answer,
            @Header(JdbcConstants.JDBC_UPDATE_COUNT) Long updateCount) {
        run.waitsFor(null);
        boolean inputs = write.kind() == TableKind.inputs;
        boolean merged = write.way() == TableWrite.Way.merge;
        MergeMetrics metrics = MergeMetrics.of(answer, updateCount);
        long inserted = merged ? metrics.inserted() : updateCount == null ? 0 : Math.max(0, updateCount);
        run.add(inputs ? Count.INPUTS_INSERTED : Count.ANNOTATIONS_INSERTED, inserted);
        run.add(inputs ? Count.INPUTS_UPDATED : Count.ANNOTATIONS_UPDATED, merged ? metrics.updated() : 0);
    }

    /** What has been marked or removed in a table; the body is the answer to the statement. */
    public void deleted(
            @Variable("run") Run run,
            @Variable("forget") Tables.Forget forget,
            @Body Object answer,
            @Header(JdbcConstants.JDBC_UPDATE_COUNT) Long updateCount) {
        run.add(
                forget.kind() == TableKind.inputs ? Count.INPUTS_DELETED : Count.ANNOTATIONS_DELETED,
                MergeMetrics.of(answer, updateCount).affected());
    }

    /** Where images are exported, the summary is to name how many, even when there are none. */
    public void countsImages(@Variable("run") Run run) {
        if (run.dataset().images().path() != null) {
            run.report(Count.IMAGES, Count.IMAGES_EXISTING, Count.IMAGES_FAILED);
        }
    }

    public void complete(@Variable("run") Run run) {
        run.complete();
    }

    private static long number(List<Map<String, Object>> counts, String name) {
        return ((Number) counts.get(0).get(name)).longValue();
    }

    /** Rows of CSV files and tables have none: Clarifai fetches their images. */
    private static long size(Object row) {
        return row instanceof Map<?, ?> columns && columns.get(InputColumns.SOURCE_SIZE) instanceof Number bytes
                ? bytes.longValue()
                : 0;
    }
}
