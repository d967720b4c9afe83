package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.HitCount;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;
import java.util.stream.Stream;

/** Searches by {@link Filters} and {@link Ranks}, newest first where nothing is ranked. */
final class SearchService {

    private final ClarifaiTables tables;
    private final Filters filters;
    private final InputView view;
    private final ClarifaiOptions.Limits limits;

    SearchService(ClarifaiTables tables, InputView view, ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.filters = new Filters(tables);
        this.view = view;
        this.limits = limits;
    }

    MultiSearchResponse inputs(String app, PostInputsSearchesRequest request) {
        List<Filter> wanted = Filters.of(request.getSearchesList());
        Ranks ranks = new Ranks(tables, request.getSearchesList());
        Page page = page(request.getPagination());
        return tables.store().read(() -> {
            Stream<StoredInput> found =
                    tables.inputs().newestFirst(app).filter(input -> filters.pass(app, input, wanted));
            if (request.getOnlyCount()) {
                return MultiSearchResponse.newBuilder()
                        .addHitCounts(HitCount.newBuilder().setEstimatedTotal(found.count()))
                        .build();
            }
            Stream<Hit> hits = found.map(input -> Hit.newBuilder()
                    .setScore(1f)
                    .setInput(view.input(app, input))
                    .setAnnotation(view.annotation(app, input))
                    .build());
            return answer(request.getSearchesList(), ranks.inputs(app, hits), page);
        });
    }

    MultiSearchResponse annotations(String app, PostAnnotationsSearchesRequest request) {
        List<Filter> wanted = Filters.of(request.getSearchesList());
        Ranks ranks = new Ranks(tables, request.getSearchesList());
        Page page = page(request.getPagination());
        return tables.store().read(() -> {
            Stream<Hit> hits = tables.annotations()
                    .newestFirst(app, 0)
                    .filter(annotation -> filters.pass(app, annotation, wanted))
                    .map(annotation -> Hit.newBuilder()
                            .setScore(1f)
                            .setInput(view.input(app, tables.inputs().get(app, annotation.getInputId())))
                            .setAnnotation(annotation)
                            .build());
            return answer(request.getSearchesList(), ranks.annotations(hits), page);
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
}
