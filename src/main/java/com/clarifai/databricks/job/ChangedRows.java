package com.clarifai.databricks.job;

import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a dataset changed, or came into it, since an earlier run has read it, but what the tables have already.
 *
 * @param since null for everything
 * @param known what the tables have
 * @param everyInput whether inputs that are known count as well: where their images are exported, it may be that these were not
 */
public record ChangedRows(Instant since, KnownRows known, boolean everyInput) {

    /** Of what an input is, see {@link KnownRows#has}. */
    public static final String INPUTS = "inputs";

    /** The same of annotations. */
    public static final String ANNOTATIONS = "annotations";

    public List<Map<String, Object>> inputs(List<Map<String, Object>> batch) {
        return batch.stream()
                .filter(input -> isSince(input.get(InputColumns.INPUT_MODIFIED_AT)) || entered(input))
                .filter(input -> everyInput
                        || !known.has(
                                INPUTS,
                                input.get(InputColumns.INPUT_ID),
                                input.get(InputColumns.INPUT_MODIFIED_AT),
                                input.get(InputColumns.STATUS_CODE)))
                .toList();
    }

    /**
     * Those that changed, and all of inputs that came into the dataset.
     *
     * @param inputs that they are of
     */
    public List<Map<String, Object>> annotations(List<Map<String, Object>> batch, List<Map<String, Object>> inputs) {
        if (since == null) {
            return batch;
        }
        Set<Object> entered = inputs.stream()
                .filter(this::entered)
                .map(input -> input.get(InputColumns.INPUT_ID))
                .collect(Collectors.toSet());
        return batch.stream()
                .filter(annotation -> isSince(annotation.get(AnnotationColumns.ANNOTATION_MODIFIED_AT))
                        || entered.contains(annotation.get(AnnotationColumns.INPUT_ID)))
                .filter(annotation -> !known.has(
                        ANNOTATIONS,
                        annotation.get(AnnotationColumns.ANNOTATION_ID),
                        annotation.get(AnnotationColumns.ANNOTATION_MODIFIED_AT),
                        annotation.get(AnnotationColumns.STATUS_CODE)))
                .toList();
    }

    private boolean entered(Map<String, Object> input) {
        return isSince(input.get(InputColumns.ADDED_AT)) || isSince(input.get(InputColumns.INPUT_CREATED_AT));
    }

    /** A time that is not known may be any. */
    private boolean isSince(Object time) {
        return since == null || !(time instanceof Instant instant) || !instant.isBefore(since);
    }
}
