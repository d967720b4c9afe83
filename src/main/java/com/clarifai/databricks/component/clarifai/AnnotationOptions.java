package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.AnnotationFilter;
import com.google.common.base.Splitter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Message;

/** Which annotations a step wants: each option, unless the message has its header. */
public final class AnnotationOptions {

    private AnnotationOptions() {}

    /** Those that the headers of a message ask for. */
    public static AnnotationFilter filter(Message message) {
        return filter(message, new ClarifaiConfiguration());
    }

    static AnnotationFilter filter(Message message, ClarifaiConfiguration configuration) {
        return new AnnotationFilter(
                items(message, ClarifaiConstants.ANNOTATION_STATUSES, configuration.getAnnotationStatuses()).stream()
                        .map(AnnotationFilter::statusCode)
                        .collect(Collectors.toSet()),
                items(message, ClarifaiConstants.ANNOTATION_USER_IDS, configuration.getAnnotationUserIds()),
                items(message, ClarifaiConstants.MODEL_VERSION_IDS, configuration.getModelVersionIds()),
                flag(message, ClarifaiConstants.ALL_ANNOTATIONS, configuration.isAllAnnotations()),
                flag(message, ClarifaiConstants.MODEL_OUTPUT, configuration.isModelOutput()),
                flag(message, ClarifaiConstants.INPUT_LEVEL_ONLY, configuration.isInputLevelOnly()),
                items(message, ClarifaiConstants.CONCEPT_IDS, configuration.getConceptIds()),
                modifiedSince(message, configuration));
    }

    /** Null when it does not matter. */
    static Instant modifiedSince(Message message, ClarifaiConfiguration configuration) {
        return time(message.getHeader(ClarifaiConstants.MODIFIED_SINCE, configuration.getModifiedSince()));
    }

    /** A collection, or a text with commas. */
    private static Set<String> items(Message message, String header, String option) {
        Object value = message.getHeader(header, option);
        if (value == null) {
            return Set.of();
        }
        Stream<String> items = value instanceof Collection<?> collection
                ? collection.stream().map(String::valueOf)
                : Splitter.on(',').splitToStream(value.toString());
        return items.map(String::strip).filter(item -> !item.isEmpty()).collect(Collectors.toSet());
    }

    private static boolean flag(Message message, String header, boolean option) {
        return message.getHeader(header, option, Boolean.class);
    }

    static Instant time(Object value) {
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        try {
            return value instanceof Instant instant ? instant : Instant.parse(value.toString());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "modifiedSince is a time such as 2024-05-31T00:00:00Z, not \"" + value + "\"", e);
        }
    }
}
