package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.mapping.ClarifaiTime;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which annotations of an input are wanted. An empty set, false and null let all pass that Clarifai lists by default,
 * which are the trusted ones: those of people, but not the predictions of models.
 *
 * @param statuses codes of {@code Annotation.status}
 * @param userIds who made them
 * @param modelVersionIds versions of the models that predicted them
 * @param all untrusted ones, too ({@code list_all_annotations}); with predictions these can be very many
 * @param modelOutput predictions, too ({@code return_model_output})
 * @param inputLevelOnly only those that hold what was posted with the input
 * @param conceptIds only those that have one of these concepts, of their own or of a region, frame, segment or track
 * @param since only those modified at that time or later
 */
public record AnnotationFilter(
        Set<Integer> statuses,
        Set<String> userIds,
        Set<String> modelVersionIds,
        boolean all,
        boolean modelOutput,
        boolean inputLevelOnly,
        Set<String> conceptIds,
        Instant since) {

    /** What Clarifai lists by default. */
    public static final AnnotationFilter NONE =
            new AnnotationFilter(Set.of(), Set.of(), Set.of(), false, false, false, Set.of(), null);

    private static final String PREFIX = "ANNOTATION_";

    public AnnotationFilter {
        statuses = Set.copyOf(statuses);
        userIds = Set.copyOf(userIds);
        modelVersionIds = Set.copyOf(modelVersionIds);
        conceptIds = Set.copyOf(conceptIds);
    }

    /**
     * The code of an annotation's status.
     *
     * @param status the code itself, or its name in the API with or without the prefix {@code ANNOTATION_}, in any case
     * @throws IllegalArgumentException if there is no such status
     */
    public static int statusCode(String status) {
        String name = status.strip().toUpperCase(Locale.ROOT);
        if (name.matches("\\d{1,9}")) {
            return Integer.parseInt(name);
        }
        return Stream.of(StatusCode.values())
                .filter(code -> code.name().equals(name) && name.startsWith(PREFIX)
                        || code.name().equals(PREFIX + name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Annotations have no status \"" + status
                        + "\" but, for instance, SUCCESS, PENDING, AWAITING_REVIEW, REVIEW_DENIED"))
                .getNumber();
    }

    /** Asks Clarifai for as much of it as it can do. */
    void applyTo(ListAnnotationsRequest.Builder request) {
        statuses.forEach(code -> request.addStatuses(Status.newBuilder().setCodeValue(code)));
        request.addAllUserIds(userIds)
                .addAllModelVersionIds(modelVersionIds)
                .setListAllAnnotations(all)
                .setReturnModelOutput(modelOutput);
    }

    /** Does the rest. */
    boolean passes(Annotation annotation) {
        return (!inputLevelOnly || annotation.getInputLevel())
                && (since == null || !isBefore(ClarifaiTime.of(annotation.getModifiedAt())))
                && (conceptIds.isEmpty() || hasConcept(annotation.getData()));
    }

    /** What has a time that cannot be may have been changed lately. */
    private boolean isBefore(Instant modified) {
        return modified != null && modified.isBefore(since);
    }

    private boolean hasConcept(Data data) {
        return data.getConceptsList().stream().map(Concept::getId).anyMatch(conceptIds::contains)
                || data.getRegionsList().stream().anyMatch(region -> hasConcept(region.getData()))
                || data.getFramesList().stream().anyMatch(frame -> hasConcept(frame.getData()))
                || data.getTimeSegmentsList().stream().anyMatch(segment -> hasConcept(segment.getData()))
                || data.getTracksList().stream().anyMatch(track -> hasConcept(track.getData()));
    }
}
