package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.HitCount;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.TimeRange;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Searches by filter: dataset, status, id, concepts, metadata, input level and time of the last change. Ranking needs a
 * model and is refused.
 */
final class SearchService {

    private final Tables tables;
    private final InputView view;
    private final ClarifaiOptions.Limits limits;

    SearchService(Tables tables, InputView view, ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.view = view;
        this.limits = limits;
    }

    /** An input is found when its own data and one or other of its annotations pass all filters. */
    MultiSearchResponse inputs(String app, PostInputsSearchesRequest request) {
        List<Filter> filters = filters(request.getSearchesList());
        Page page = page(request.getPagination());
        return tables.store().read(() -> {
            if (request.getOnlyCount()) {
                long total = tables.inputs()
                        .newestFirst(app)
                        .filter(input -> passes(app, input, filters))
                        .count();
                return MultiSearchResponse.newBuilder()
                        .addHitCounts(HitCount.newBuilder().setEstimatedTotal((int) total))
                        .build();
            }
            Stream<Hit> hits = tables.inputs()
                    .newestFirst(app)
                    .filter(input -> passes(app, input, filters))
                    .map(input -> Hit.newBuilder()
                            .setScore(1f)
                            .setInput(view.input(app, input))
                            .setAnnotation(view.annotation(app, input))
                            .build());
            return answer(request.getSearchesList(), hits, page);
        });
    }

    MultiSearchResponse annotations(String app, PostAnnotationsSearchesRequest request) {
        List<Filter> filters = filters(request.getSearchesList());
        Page page = page(request.getPagination());
        return tables.store().read(() -> {
            Stream<Hit> hits = tables.annotations()
                    .newestFirst(app, 0)
                    .filter(annotation -> filters.stream().allMatch(filter -> passes(app, annotation, filter)))
                    .map(annotation -> Hit.newBuilder()
                            .setScore(1f)
                            .setInput(view.input(app, tables.inputs().get(app, annotation.getInputId())))
                            .setAnnotation(annotation)
                            .build());
            return answer(request.getSearchesList(), hits, page);
        });
    }

    private MultiSearchResponse answer(List<Search> searches, Stream<Hit> hits, Page page) {
        return MultiSearchResponse.newBuilder()
                .setId(Ids.random())
                .addAllSearches(searches)
                .addAllHits(hits.skip(page.offset()).limit(page.size()).toList())
                .build();
    }

    private Page page(Pagination pagination) {
        Page page = Page.of(pagination.getPage(), pagination.getPerPage(), limits);
        if (page.offset() + page.size() > limits.searchWindow()) {
            throw new Refusal(
                    StatusCode.SEARCH_INVALID_REQUEST, "page * perPage cannot exceed " + limits.searchWindow());
        }
        return page;
    }

    private static List<Filter> filters(List<Search> searches) {
        if (searches.stream().anyMatch(search -> search.getQuery().getRanksCount() > 0)) {
            throw new Refusal(StatusCode.SEARCH_INVALID_REQUEST, "the sandbox cannot rank, only filter");
        }
        return searches.stream()
                .flatMap(search -> search.getQuery().getFiltersList().stream())
                .toList();
    }

    private boolean passes(String app, StoredInput input, List<Filter> filters) {
        return filters.stream().allMatch(filter -> {
            Predicate<Annotation> annotation = filterOfAnnotation(filter);
            boolean passed = passes(app, input, filter.getInput())
                    && tables.annotations()
                            .newestFirst(app, List.of(input.id()))
                            .anyMatch(annotation);
            return passed != filter.getNegate();
        });
    }

    private boolean passes(String app, Annotation annotation, Filter filter) {
        StoredInput input = tables.inputs().get(app, annotation.getInputId());
        boolean passed = passes(app, input, filter.getInput())
                && filterOfAnnotation(filter).test(annotation);
        return passed != filter.getNegate();
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

    /** The kinds of data, the concepts and the metadata that a filter names. */
    private static boolean contains(Data data, Data wanted) {
        return (!wanted.hasImage() || data.hasImage())
                && (!wanted.hasText() || data.hasText())
                && wanted.getConceptsList().stream().allMatch(concept -> contains(data.getConceptsList(), concept))
                && wanted.getMetadata().getFieldsMap().entrySet().stream().allMatch(field -> isSame(data, field));
    }

    private static boolean contains(List<Concept> concepts, Concept wanted) {
        return concepts.stream()
                .anyMatch(concept -> (wanted.getId().isEmpty()
                                ? concept.getName().equals(wanted.getName())
                                : concept.getId().equals(wanted.getId()))
                        && concept.getValue() == wanted.getValue());
    }

    private static boolean isSame(Data data, Map.Entry<String, Value> field) {
        return field.getValue().equals(data.getMetadata().getFieldsMap().get(field.getKey()));
    }
}
