package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoBoxedPoint;
import com.clarifai.grpc.api.GeoLimit;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.Query;
import com.clarifai.grpc.api.Rank;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.RegionInfo;
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
    void ofSeveralConceptsInOneFilterAnyWillDoAndThoseOfRegionsCount() {
        annotate("other", Data.newBuilder().addRegions(region("palm")).build());
        Data.Builder either = Data.newBuilder().addConcepts(concept("cat", 1)).addConcepts(concept("palm", 1));
        Filter any = Filter.newBuilder()
                .setAnnotation(Annotation.newBuilder().setData(either))
                .build();

        assertThat(search(1, 10, any).getHitsList()).extracting(SearchTest::id).containsExactly("other", "cat");
        assertThat(search(1, 10, of("cat"), of("palm")).getHitsList())
                .as("filters are all to pass")
                .isEmpty();
    }

    @Test
    void inputsAreFoundByPlace() {
        client.api()
                .patchInputs(PatchInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addInputs(Input.newBuilder()
                                .setId("cat")
                                .setData(Data.newBuilder().setGeo(point(44, 55))))
                        .build());

        assertThat(search(1, 10, at(around(43, 56, 1000))).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("cat");
        assertThat(search(1, 10, at(around(43, 56, 10))).getHitsList()).isEmpty();
        assertThat(search(1, 10, at(box(43, 54, 45, 56))).getHitsList())
                .extracting(SearchTest::id)
                .containsExactly("cat");
        assertThat(search(1, 10, at(box(45, 54, 46, 56))).getHitsList()).isEmpty();
    }

    @Test
    void aRankByConceptPutsTheHighestValueFirst() {
        annotate("other", Data.newBuilder().addConcepts(concept("cat", 0.5f)).build());
        Rank rank = Rank.newBuilder()
                .setAnnotation(Annotation.newBuilder().setData(Data.newBuilder().addConcepts(concept("cat", 1))))
                .build();

        assertThat(client.api()
                        .postInputsSearches(PostInputsSearchesRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addSearches(Search.newBuilder()
                                        .setQuery(Query.newBuilder().addRanks(rank)))
                                .build())
                        .getHitsList())
                .extracting(SearchTest::id, Hit::getScore)
                .containsExactly(tuple("cat", 1f), tuple("other", 0.5f), tuple("bad", 0f));
        assertThat(client.api()
                        .postAnnotationsSearches(PostAnnotationsSearchesRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addSearches(Search.newBuilder()
                                        .setQuery(Query.newBuilder().addRanks(rank)))
                                .build())
                        .getHitsList())
                .as("each annotation by itself")
                .extracting(SearchTest::id, Hit::getScore)
                .startsWith(tuple("cat", 1f), tuple("other", 0.5f), tuple("other", 0f));
    }

    @Test
    void aDatasetIsMergedIntoAnotherByASearch() {
        client.createDataset("all");
        PostDatasetInputsRequest merge = PostDatasetInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .setDatasetId("all")
                .setSearch(searchOf(Filter.newBuilder()
                        .setInput(Input.newBuilder().addDatasetIds("train"))
                        .build()))
                .build();

        MultiDatasetInputResponse merged = client.api().postDatasetInputs(merge);

        assertThat(merged.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(merged.getBulkOperation().getProgress().getProcessed()).isEqualTo(2);
        assertThat(client.api()
                        .postDatasetInputs(merge)
                        .getBulkOperation()
                        .getProgress()
                        .getProcessed())
                .isZero();
        assertThat(client.api()
                        .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("all")
                                .build())
                        .getDatasetInputsList())
                .extracting(member -> member.getInput().getId())
                .containsExactly("bad", "cat");
    }

    private void annotate(String input, Data data) {
        client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(
                                Annotation.newBuilder().setInputId(input).setData(data))
                        .build());
    }

    private static Region region(String concept) {
        return Region.newBuilder()
                .setRegionInfo(RegionInfo.newBuilder()
                        .setBoundingBox(BoundingBox.newBuilder().setBottomRow(1).setRightCol(1)))
                .setData(Data.newBuilder().addConcepts(concept(concept, 1)))
                .build();
    }

    private static Filter of(String concept) {
        return Filter.newBuilder()
                .setAnnotation(Annotation.newBuilder().setData(Data.newBuilder().addConcepts(concept(concept, 1))))
                .build();
    }

    private static Filter at(Geo geo) {
        return Filter.newBuilder()
                .setAnnotation(Annotation.newBuilder().setData(Data.newBuilder().setGeo(geo)))
                .build();
    }

    private static Geo point(float longitude, float latitude) {
        return Geo.newBuilder()
                .setGeoPoint(GeoPoint.newBuilder().setLongitude(longitude).setLatitude(latitude))
                .build();
    }

    private static Geo around(float longitude, float latitude, float kilometers) {
        return point(longitude, latitude).toBuilder()
                .setGeoLimit(GeoLimit.newBuilder().setType("withinKilometers").setValue(kilometers))
                .build();
    }

    private static Geo box(float west, float south, float east, float north) {
        return Geo.newBuilder()
                .addGeoBox(GeoBoxedPoint.newBuilder()
                        .setGeoPoint(point(west, south).getGeoPoint()))
                .addGeoBox(GeoBoxedPoint.newBuilder()
                        .setGeoPoint(point(east, north).getGeoPoint()))
                .build();
    }

    @Test
    void whatNeedsAModelIsRefusedButNotAnEmptyRank() {
        assertThat(status(Rank.getDefaultInstance())).isEqualTo(StatusCode.SUCCESS);
        assertThat(status(Rank.newBuilder()
                        .setAnnotation(Annotation.newBuilder()
                                .setData(Data.newBuilder()
                                        .setImage(Image.newBuilder().setUrl("http://a.example/b.jpg"))))
                        .build()))
                .isEqualTo(StatusCode.SEARCH_INVALID_REQUEST);
        assertThat(search(
                                1,
                                10,
                                Filter.newBuilder()
                                        .setAnnotation(Annotation.newBuilder()
                                                .setData(Data.newBuilder().setGeo(Geo.getDefaultInstance())))
                                        .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.SEARCH_INVALID_REQUEST);
    }

    private StatusCode status(Rank rank) {
        return client.api()
                .postInputsSearches(PostInputsSearchesRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addSearches(
                                Search.newBuilder().setQuery(Query.newBuilder().addRanks(rank)))
                        .build())
                .getStatus()
                .getCode();
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
