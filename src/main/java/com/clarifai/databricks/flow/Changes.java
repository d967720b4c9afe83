package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.ParameterName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What tells one selection from another: of these, rows that were read for one say nothing of another. */
    private static final List<String> SELECTION = List.of(
            "app",
            "dataset",
            "inputs",
            "annotations",
            "annotationStatus",
            "annotationUser",
            "concept",
            "inputLevelOnly",
            "modelOutput");

    /** Keeps apart what versions have recorded that took marks for times of another zone: they may have passed changes over. */
    private static final Map<String, String> KIND_OF_MARK = Map.of("mark", "utc");

    private static final List<String> NARROWING = List.of("annotationStatus", "annotationUser", "concept");

    private Duration overlap = Duration.ZERO;

    /** How much earlier to begin, as changes may become visible a little later than their time says. */
    public void setOverlap(Duration overlap) {
        this.overlap = overlap;
    }

    /** Sets the header {@code selection}: of which dataset, in which tables, which annotations. */
    public void select(Exchange exchange) {
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        Map<String, String> selection = new TreeMap<>(KIND_OF_MARK);
        for (String name : SELECTION) {
            Object value = headers.get(name);
            if (value != null
                    && !value.toString().isEmpty()
                    && !value.toString().equals("false")) {
                selection.put(name, value.toString());
            }
        }
        exchange.getMessage().setHeader("selection", json(selection));
    }

    /**
     * Sets the headers that an update has beyond those of an export.
     *
     * @throws IllegalArgumentException when rows of other annotations would be taken for deleted ones, or a search is to
     *     find what it cannot
     */
    public void begin(
            Exchange exchange,
            @Variable("run") Run run,
            @Header("deletes") Deletes deletes,
            @Header("inputLevelOnly") Boolean inputLevelOnly) {
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        Deletes chosen = deletes == null ? Deletes.ignore : deletes;
        boolean narrow = Boolean.TRUE.equals(inputLevelOnly)
                || NARROWING.stream()
                        .map(headers::get)
                        .anyMatch(value -> value != null && !value.toString().isEmpty());
        if (chosen != Deletes.ignore && narrow) {
            throw new IllegalArgumentException(
                    ParameterName.named("deletes", chosen) + " needs all annotations to be read: leave out "
                            + ParameterName.named("status") + ", " + ParameterName.named("annotation-user") + ", "
                            + ParameterName.named("concept") + " and " + ParameterName.named("input-level-only"));
        }
        boolean search = isTrue(headers.get("search"));
        if (search && chosen != Deletes.ignore) {
            throw new IllegalArgumentException(ParameterName.named("search")
                    + " never finds what was deleted: leave it out with " + ParameterName.named("deletes", chosen));
        }
        if (search && isTrue(headers.get("full"))) {
            throw new IllegalArgumentException(ParameterName.named("search") + " reads what changed and "
                    + ParameterName.named("full") + " everything: leave one of them out");
        }
        headers.put("deletes", chosen);
        headers.put("ifExists", IfExists.merge);
        headers.put("mustExist", "true");
        run.report(Run.Count.STAGED);
        if (chosen != Deletes.ignore) {
            run.report(Run.Count.INPUTS_DELETED, Run.Count.ANNOTATIONS_DELETED);
        }
    }

    /**
     * Sets the header {@code since} when an earlier run has read the same selection; without it everything is compared.
     *
     * @param found one row, whose {@code read_until} is the latest change that the run has seen, in microseconds
     *     since 1970
     */
    public void since(Exchange exchange, @Variable("run") Run run, @Body List<Map<String, Object>> found) {
        Instant until = found.isEmpty() ? null : SqlTime.ofMicros(found.get(0).get("read_until"));
        if (until == null) {
            LOG.info("No earlier run is known to have read all of this into these tables: everything is compared");
            return;
        }
        run.sawChange(until);
        exchange.getMessage().setHeader("since", until.minus(overlap));
    }

    /**
     * To be called when a search has found the inputs, whose rows are the body. The run does not count as one that has
     * read everything: what a search cannot find would otherwise be taken for known by all later updates.
     */
    public void searched(Exchange exchange) {
        exchange.getMessage().removeHeader("selection");
    }

    /** The inputs of a batch that changed, or came into the dataset, since then. */
    public List<Map<String, Object>> inputs(@Body List<Map<String, Object>> batch, @Header("since") Instant since) {
        return batch.stream()
                .filter(input -> isSince(input.get(InputColumns.INPUT_MODIFIED_AT), since) || entered(input, since))
                .toList();
    }

    /** The annotations that changed since then, and all of inputs that came into the dataset since then. */
    public List<Map<String, Object>> annotations(
            @Body List<Map<String, Object>> batch,
            @Header("since") Instant since,
            @ExchangeProperty("inputs") List<Map<String, Object>> inputs) {
        if (since == null) {
            return batch;
        }
        Set<Object> entered = inputs.stream()
                .filter(input -> entered(input, since))
                .map(input -> input.get(InputColumns.INPUT_ID))
                .collect(Collectors.toSet());
        return batch.stream()
                .filter(annotation -> isSince(annotation.get(AnnotationColumns.ANNOTATION_MODIFIED_AT), since)
                        || entered.contains(annotation.get(AnnotationColumns.INPUT_ID)))
                .toList();
    }

    /** The keys of a batch, which is of inputs or of annotations. */
    public List<Map<String, Object>> keys(@Body List<Map<String, Object>> batch, @Header("key") String key) {
        return batch.stream().map(row -> Map.of("id", row.get(key))).toList();
    }

    private static boolean entered(Map<String, Object> input, Instant since) {
        return isSince(input.get(InputColumns.ADDED_AT), since)
                || isSince(input.get(InputColumns.INPUT_CREATED_AT), since);
    }

    /** A time that is not known may be any. */
    private static boolean isSince(Object time, Instant since) {
        return since == null || !(time instanceof Instant instant) || !instant.isBefore(since);
    }

    private static boolean isTrue(Object header) {
        return header != null && Boolean.parseBoolean(header.toString());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
