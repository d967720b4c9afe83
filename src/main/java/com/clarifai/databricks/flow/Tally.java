package com.clarifai.databricks.flow;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.flow.Run.Phase;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to the rows of a run. The routes call it by name; the message body passes through unchanged. */
public final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    /** The flow may update inputs and brings annotations: the summary is to say how many, be it none. */
    public void labels(@Variable("run") Run run) {
        run.report(Count.UPDATED, Count.ANNOTATIONS, Count.REJECTED_ANNOTATIONS);
    }

    /** The flow reads files: the summary is to say how many. */
    public void files(@Variable("run") Run run) {
        run.report(Count.FILES, Count.FILES_SKIPPED, Count.FILES_REJECTED);
    }

    /** The body is a batch of what the source holds. */
    public void read(@Variable("run") Run run, @Body List<?> batch) {
        run.enter(Phase.LISTING);
        run.add(Count.READ, batch.size());
    }

    /** The body is a page of rows, all of which are to be brought to an end. */
    public void readPage(@Variable("run") Run run, @Body List<?> page) {
        run.enter(Phase.UPLOADING);
        run.add(Count.READ, page.size());
    }

    /** The body is what is left of that page: rows that a step has left out are skipped. */
    public void kept(@Variable("run") Run run, @Body List<?> page) {
        long missing = run.get(Count.READ) - run.get(Count.SKIPPED) - run.planned() - page.size();
        run.add(Count.SKIPPED, missing);
        run.plan(run.planned() + page.size());
    }

    public void planning(@Variable("run") Run run) {
        run.enter(Phase.PLANNING);
    }

    /**
     * The body is the plan's one row of counts: {@code pending} to be uploaded, {@code existing} and {@code rejected} as
     * tracked before. What was read and is in none of them was left out on the way: it is skipped.
     */
    public void planned(@Variable("run") Run run, @Body List<Map<String, Object>> counts) {
        long pending = number(counts, "pending");
        long existing = number(counts, "existing");
        long rejected = number(counts, "rejected");
        run.add(Count.EXISTING, existing);
        run.add(Count.REJECTED, rejected);
        run.add(Count.SKIPPED, run.get(Count.READ) - pending - existing - rejected);
        run.plan(pending);
        run.enter(Phase.UPLOADING);
    }

    /** The body is a batch that has been dealt with, but for Clarifai's processing. */
    public void uploaded(@Variable("run") Run run, @Body List<?> batch) {
        run.addUploaded(batch.size());
        run.addBytes(batch.stream().mapToLong(Tally::size).sum());
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
