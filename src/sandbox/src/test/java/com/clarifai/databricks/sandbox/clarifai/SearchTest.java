package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.Query;
import com.clarifai.grpc.api.Rank;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.TimeRange;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchTest extends ClarifaiTest {

    @BeforeEach
    void upload() {
        client.createDataset("train");
        Input.Builder cat = image("cat").addDatasetIds("train");
        cat.getDataBuilder().addConcepts(concept("cat", 1));
        client.post(
                cat.build(),
                image("bad", new byte[] {1}).addDatasetIds("train").build(),
                image("other").build());
        client.awaitFinal("cat");
        client.awaitFinal("bad");
        client.awaitFinal("other");
    }

    @Test
    void inputsAreFoundByDatasetStatusAndConcept() {
        Filter train = Filter.newBuilder()
                .setInput(Input.newBuilder().addDatasetIds("train"))
                .build();
        Filter failed = Filter.newBuilder()
                .setInput(Input.newBuilder().setStatus(Statuses.of(StatusCode.INPUT_DOWNLOAD_FAILED)))
                .build();
        Filter cat = Filter.newBuilder()
                .setAnnotation(Annotation.newBuilder().setData(Data.newBuilder().addConcepts(concept("cat", 1))))
                .build();

        assertThat(search(1, 10, train).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("bad", "cat");
        assertThat(search(2, 1, train).getHitsList()).extracting(SearchTest::id).containsExactly("cat");
        assertThat(search(1, 10, train, failed).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("bad");
        assertThat(search(1, 10, cat).getHitsList()).extracting(SearchTest::id).containsExactly("cat");
        assertThat(search(1, 10, cat.toBuilder().setNegate(true).build()).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("other", "bad");
    }

    @Test
    void changedInputsAreFoundByTheTimeOfTheChange() {
        Timestamp start = Times.now();
        client.api()
                .patchInputs(PatchInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addInputs(Input.newBuilder()
                                .setId("other")
                                .setData(Data.newBuilder().addConcepts(concept("dog", 1))))
                        .build());
        Filter since = Filter.newBuilder()
                .setLastUpdatedTimeRange(TimeRange.newBuilder().setStartTime(start))
                .build();

        assertThat(search(1, 10, since).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("other");
        assertThat(client.api()
                        .postAnnotationsSearches(PostAnnotationsSearchesRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addSearches(searchOf(since))
                                .build())
                        .getHitsList())
                .singleElement()
                .satisfies(
                        hit -> assertThat(hit.getAnnotation().getInputLevel()).isTrue());
    }

    @Test
    void hitsAreCountedAndTheWindowIsLimited() {
        assertThat(client.api()
                        .postInputsSearches(PostInputsSearchesRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setOnlyCount(true)
                                .build())
                        .getHitCounts(0)
                        .getEstimatedTotal())
                .isEqualTo(3);
        assertThat(search(11, 1000).getStatus().getCode()).isEqualTo(StatusCode.SEARCH_INVALID_REQUEST);
    }

    @Test
    void rankingIsRefused() {
        Search ranked = Search.newBuilder()
                .setQuery(Query.newBuilder().addRanks(Rank.getDefaultInstance()))
                .build();

        assertThat(client.api()
                        .postInputsSearches(PostInputsSearchesRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addSearches(ranked)
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.SEARCH_INVALID_REQUEST);
    }

    private MultiSearchResponse search(int page, int perPage, Filter... filters) {
        return client.api()
                .postInputsSearches(PostInputsSearchesRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addSearches(searchOf(filters))
                        .setPagination(Pagination.newBuilder().setPage(page).setPerPage(perPage))
                        .build());
    }

    private static Search searchOf(Filter... filters) {
        Query.Builder query = Query.newBuilder();
        for (Filter filter : filters) {
            query.addFilters(filter);
        }
        return Search.newBuilder().setQuery(query).build();
    }

    private static String id(Hit hit) {
        return hit.getInput().getId();
    }
}
