package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.TimeRange;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the filters of a search let pass: by dataset, status, id, kind of data, concepts, metadata, place, input level and
 * time of the last change. Several filters are all to pass; of several concepts in one filter any will do, be they the
 * annotation's own or those of its regions, frames and time segments.
 */
final class Filters {

    private static final Set<Integer> KNOWN = Set.of(
            Data.IMAGE_FIELD_NUMBER,
            Data.TEXT_FIELD_NUMBER,
            Data.VIDEO_FIELD_NUMBER,
            Data.AUDIO_FIELD_NUMBER,
            Data.CONCEPTS_FIELD_NUMBER,
            Data.METADATA_FIELD_NUMBER,
            Data.GEO_FIELD_NUMBER);

    private final ClarifaiTables tables;

    Filters(ClarifaiTables tables) {
        this.tables = tables;
    }

    /** Those of searches; what a search asks for beyond this is refused, so that it never finds too much. */
    static List<Filter> of(List<Search> searches) {
        List<Filter> filters = searches.stream()
                .flatMap(search -> search.getQuery().getFiltersList().stream())
                .toList();
        filters.forEach(filter -> {
            checkKnown(filter.getInput().getData());
            checkKnown(filter.getAnnotation().getData());
        });
        return filters;
    }

    private static void checkKnown(Data wanted) {
        wanted.getAllFields().keySet().stream()
                .filter(field -> !KNOWN.contains(field.getNumber()))
                .findAny()
                .ifPresent(field -> {
                    throw new Refusal(
                            StatusCode.SEARCH_INVALID_REQUEST, "the sandbox cannot filter by " + field.getName());
                });
        if (wanted.hasGeo()) {
            Places.check(wanted.getGeo());
        }
    }

    /** An input is found when its own data and one or other of its annotations pass all filters. */
    boolean pass(String app, StoredInput input, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            Predicate<Annotation> annotation = filterOfAnnotation(filter);
            boolean passed = passes(app, input, filter.getInput())
                    && tables.annotations()
                            .newestFirst(app, List.of(input.id()))
                            .anyMatch(annotation);
            return passed != filter.getNegate();
        });
    }

    boolean pass(String app, Annotation annotation, List<Filter> filters) {
        StoredInput input = tables.inputs().get(app, annotation.getInputId());
        return filters.stream().allMatch(filter -> {
            boolean passed = passes(app, input, filter.getInput())
                    && filterOfAnnotation(filter).test(annotation);
            return passed != filter.getNegate();
        });
    }

    private boolean passes(String app, StoredInput input, Input wanted) {
        return (wanted.getId().isEmpty() || wanted.getId().equals(input.id()))
                && (wanted.getStatus().getCodeValue() == 0 || wanted.getStatus().getCodeValue() == input.statusCode())
                && (wanted.getDatasetIdsCount() == 0
                        || wanted.getDatasetIdsList().stream()
                                .anyMatch(dataset -> tables.datasets().isMember(app, dataset, input.id())))
                && contains(input.input().getData(), wanted.getData());
    }

    private static Predicate<Annotation> filterOfAnnotation(Filter filter) {
        Annotation wanted = filter.getAnnotation();
        return annotation -> (!filter.hasLastUpdatedTimeRange()
                        || isWithin(annotation.getModifiedAt(), filter.getLastUpdatedTimeRange()))
                && (wanted.getId().isEmpty() || wanted.getId().equals(annotation.getId()))
                && (wanted.getInputId().isEmpty() || wanted.getInputId().equals(annotation.getInputId()))
                && (!wanted.getInputLevel() || annotation.getInputLevel())
                && (wanted.getStatus().getCodeValue() == 0
                        || wanted.getStatus().getCodeValue()
                                == annotation.getStatus().getCodeValue())
                && contains(annotation.getData(), wanted.getData());
    }

    /** Both ends inclusive; an end that is not given is open. */
    private static boolean isWithin(Timestamp time, TimeRange range) {
        return (!range.hasStartTime() || Timestamps.compare(time, range.getStartTime()) >= 0)
                && (!range.hasEndTime() || Timestamps.compare(time, range.getEndTime()) <= 0);
    }

    private static boolean contains(Data data, Data wanted) {
        return (!wanted.hasImage() || data.hasImage())
                && (!wanted.hasText() || data.hasText())
                && (!wanted.hasVideo() || data.hasVideo())
                && (!wanted.hasAudio() || data.hasAudio())
                && (!wanted.hasGeo() || Places.isThere(data.getGeo(), wanted.getGeo()))
                && (wanted.getConceptsCount() == 0
                        || concepts(data).anyMatch(concept -> isAnyOf(concept, wanted.getConceptsList())))
                && wanted.getMetadata().getFieldsMap().entrySet().stream().allMatch(field -> isSame(data, field));
    }

    /** Those of the data itself and of its parts. */
    static Stream<Concept> concepts(Data data) {
        return Stream.of(
                        data.getConceptsList().stream(),
                        data.getRegionsList().stream().flatMap(region -> concepts(region.getData())),
                        data.getFramesList().stream().flatMap(frame -> concepts(frame.getData())),
                        data.getTimeSegmentsList().stream().flatMap(segment -> concepts(segment.getData())))
                .flatMap(all -> all);
    }

    private static boolean isAnyOf(Concept concept, List<Concept> wanted) {
        return wanted.stream().anyMatch(one -> isNamed(concept, one) && concept.getValue() == one.getValue());
    }

    static boolean isNamed(Concept concept, Concept wanted) {
        return wanted.getId().isEmpty()
                ? concept.getName().equals(wanted.getName())
                : concept.getId().equals(wanted.getId());
    }

    private static boolean isSame(Data data, Map.Entry<String, Value> field) {
        return field.getValue().equals(data.getMetadata().getFieldsMap().get(field.getKey()));
    }
}
