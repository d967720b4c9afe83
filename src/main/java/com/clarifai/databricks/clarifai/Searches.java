package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.HitCount;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.Query;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.TimeRange;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.google.common.collect.Iterators;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for what has changed, instead of lists of everything.
 *
 * <p>A search finds annotations by the time of their last change. Every input has one that carries what was posted with
 * it, so inputs that are new or were changed are found too. It never finds what was deleted, nor an old input that only
 * came into the dataset, and it shows a limited number of hits.
 */
public final class Searches {

    /** More hits are not asked for: a list of everything is then not much longer, and these ids are held in memory. */
    private static final int MAX_HITS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Searches.class);

    private final ClarifaiCalls calls;
    private final Inputs inputs;

    Searches(ClarifaiCalls calls, Inputs inputs) {
        this.calls = calls;
        this.inputs = inputs;
    }

    /**
     * The inputs of a dataset that have an annotation which was changed at that time or later, in no particular order.
     * Empty when a search cannot tell them all, because there are too many hits or Clarifai refuses the search.
     *
     * @param pageSize hits of one page, 1 to 1000
     */
    public CompletableFuture<Optional<Pages<Input>>> changedInputs(
            AppRef app, String datasetId, Instant since, int pageSize) {
        Set<String> ids = new LinkedHashSet<>();
        List<Hit> found = new ArrayList<>();
        return collect(pages(app, datasetId, since, pageSize), found)
                .thenApply(all -> {
                    found.forEach(hit -> ids.add(hit.getInput().getId()));
                    return all;
                })
                .exceptionallyCompose(failure -> {
                    if (!isRefusal(failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    LOG.warn("{}", ClarifaiException.unwrap(failure).getMessage());
                    return CompletableFuture.completedFuture(false);
                })
                .thenCompose(complete -> complete
                        ? inputs(app, ids).thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * The annotations of a dataset that were changed at that time or later, in no particular order; also those that carry
     * what was posted with their input. Fails with {@link ClarifaiException.Kind#INVALID} where there are more than a
     * search shows.
     *
     * @param pageSize hits of one page, 1 to 1000
     */
    public CompletableFuture<List<Hit>> changes(AppRef app, String datasetId, Instant since, int pageSize) {
        List<Hit> found = new ArrayList<>();
        return collect(pages(app, datasetId, since, pageSize), found).thenApply(all -> {
            if (!all) {
                throw new ClarifaiException(
                        Kind.INVALID,
                        "more than " + MAX_HITS + " annotations of dataset " + datasetId + " have changed since "
                                + since + ": choose a later time, and list the dataset for what was before",
                        null);
            }
            return found;
        });
    }

    /**
     * How many inputs Clarifai counts in a dataset; empty when it does not say. It counts what it has indexed, so the
     * dataset may hold more.
     */
    public CompletableFuture<Optional<Long>> count(AppRef app, String datasetId) {
        Filter filter = Filter.newBuilder()
                .setInput(Input.newBuilder().addDatasetIds(datasetId))
                .build();
        PostInputsSearchesRequest request = PostInputsSearchesRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addSearches(Search.newBuilder().setQuery(Query.newBuilder().addFilters(filter)))
                .setOnlyCount(true)
                .build();
        return calls.send(Call.of(
                        "PostInputsSearches",
                        request,
                        V2FutureStub::postInputsSearches,
                        MultiSearchResponse::getStatus))
                .thenApply(answer -> answer.getHitCountsList().stream()
                        .map(HitCount::getEstimatedTotal)
                        .findFirst())
                .exceptionallyCompose(failure -> {
                    if (!isRefusal(failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    LOG.info("{}", ClarifaiException.unwrap(failure).getMessage());
                    return CompletableFuture.completedFuture(Optional.empty());
                });
    }

    private NumberedPages<Hit> pages(AppRef app, String datasetId, Instant since, int pageSize) {
        return new NumberedPages<>(
                (number, size) -> search(app, datasetId, since, number, size),
                hit -> hit.getAnnotation().getId(),
                pageSize);
    }

    /** @return whether these are all */
    private static CompletableFuture<Boolean> collect(NumberedPages<Hit> pages, List<Hit> found) {
        if (!pages.hasNext()) {
            return CompletableFuture.completedFuture(true);
        }
        return pages.next().thenCompose(hits -> {
            found.addAll(hits);
            if (found.size() > MAX_HITS) {
                LOG.info("The search finds more than {} changed annotations", MAX_HITS);
                return CompletableFuture.completedFuture(false);
            }
            return collect(pages, found);
        });
    }

    /** Whether Clarifai has answered that it will not do it, such as beyond the window of its search. */
    private static boolean isRefusal(Throwable failure) {
        return ClarifaiException.unwrap(failure) instanceof ClarifaiException refused
                && refused.code() != 0
                && refused.recovery() == Recovery.NONE;
    }

    /** As a search tells of an input less than a list does, they are read by their ids. */
    private CompletableFuture<Pages<Input>> inputs(AppRef app, Set<String> ids) {
        Iterator<CompletableFuture<List<Input>>> batches = Iterators.transform(
                Iterators.partition(ids.iterator(), Inputs.REQUEST_LIMIT), batch -> inputs.get(app, batch));
        return Pages.open(batches);
    }

    private CompletableFuture<List<Hit>> search(AppRef app, String datasetId, Instant since, int number, int size) {
        Filter filter = Filter.newBuilder()
                .setInput(Input.newBuilder().addDatasetIds(datasetId))
                .setLastUpdatedTimeRange(TimeRange.newBuilder()
                        .setStartTime(Timestamp.newBuilder()
                                .setSeconds(since.getEpochSecond())
                                .setNanos(since.getNano())))
                .build();
        PostAnnotationsSearchesRequest request = PostAnnotationsSearchesRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addSearches(Search.newBuilder().setQuery(Query.newBuilder().addFilters(filter)))
                .setPagination(Pagination.newBuilder().setPage(number).setPerPage(size))
                .build();
        return calls.send(Call.of(
                        "PostAnnotationsSearches",
                        request,
                        V2FutureStub::postAnnotationsSearches,
                        MultiSearchResponse::getStatus))
                .thenApply(MultiSearchResponse::getHitsList);
    }
}
