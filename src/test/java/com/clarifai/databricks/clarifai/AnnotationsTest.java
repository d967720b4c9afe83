package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnnotationsTest extends ClarifaiFixture {

    @Test
    void lists_the_annotations_of_many_inputs_in_requests_of_128_inputs() {
        addInputs(300, 3);

        assertThat(list(ids(300), AnnotationFilter.NONE, 100))
                .doesNotHaveDuplicates()
                .hasSize(900);
        assertThat(clarifai.requests(ListAnnotationsRequest.class))
                .extracting(ListAnnotationsRequest::getInputIdsCount)
                .containsOnly(128, 44);
    }

    @Test
    void reads_ids_and_pages_only_as_far_as_asked() {
        addInputs(1000, 1);
        AtomicInteger asked = new AtomicInteger();
        Iterator<String> ids = Iterators.transform(ids(1000).iterator(), id -> {
            asked.incrementAndGet();
            return id;
        });

        Pages<Annotation> pages = ClarifaiClient.join(client.annotations().list(APP, ids, AnnotationFilter.NONE, 1000));
        pages.next();

        assertThat(asked).hasValue(2 * Inputs.REQUEST_LIMIT);
        assertThat(clarifai.count("ListAnnotations")).isLessThanOrEqualTo(2);
    }

    @Test
    void asks_for_nothing_without_inputs() {
        assertThat(list(List.of(), AnnotationFilter.NONE, 100)).isEmpty();
        assertThat(clarifai.received()).isEmpty();
    }

    @Test
    void leaves_out_inputs_that_were_deleted_since_they_were_listed() {
        addInputs(5, 2);
        clarifai.removeInput("input-3");

        assertThat(list(ids(5), AnnotationFilter.NONE, 100))
                .extracting(Annotation::getInputId)
                .containsOnly("input-0", "input-1", "input-2", "input-4");
    }

    @Test
    void lists_nothing_when_all_inputs_were_deleted() {
        addInputs(1, 2);

        assertThat(list(List.of("gone", "too"), AnnotationFilter.NONE, 100)).isEmpty();
        assertThat(clarifai.requests(ListAnnotationsRequest.class)).allMatch(request -> request.getInputIdsCount() > 0);
    }

    @Test
    void fails_when_it_is_not_an_input_that_does_not_exist() {
        addInputs(1, 1);
        clarifai.refuseNext(
                "ListAnnotations", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "App does not exist"));

        assertThatThrownBy(() -> list(ids(1), AnnotationFilter.NONE, 100))
                .isInstanceOfSatisfying(ClarifaiException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void asks_again_for_half_a_page_when_the_answer_is_too_large() {
        addInputs(10, 10);
        clarifai.breakNext(
                "ListAnnotations",
                io.grpc.Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 5: 6"));

        assertThat(list(ids(10), AnnotationFilter.NONE, 1000)).hasSize(100);
        assertThat(clarifai.requests(ListAnnotationsRequest.class))
                .extracting(ListAnnotationsRequest::getPerPage)
                .containsExactly(1000, 500);
    }

    @Test
    void keeps_annotations_with_a_concept_wherever_it_is() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        Data cat =
                Data.newBuilder().addConcepts(Concept.newBuilder().setId("cat")).build();
        Data region =
                Data.newBuilder().addRegions(Region.newBuilder().setData(cat)).build();
        add("whole", cat);
        add("region", region);
        add(
                "frame",
                Data.newBuilder().addFrames(Frame.newBuilder().setData(region)).build());
        add(
                "dog",
                Data.newBuilder().addConcepts(Concept.newBuilder().setId("dog")).build());
        AnnotationFilter cats =
                new AnnotationFilter(Set.of(), Set.of(), Set.of(), false, false, false, Set.of("cat", "bird"), null);

        assertThat(list(List.of("a"), cats, 100))
                .extracting(Annotation::getId)
                .containsExactlyInAnyOrder("whole", "region", "frame");
    }

    @Test
    void keeps_input_level_annotations_and_those_modified_at_a_time_or_later() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addAnnotation(annotation("old", 99).setInputLevel(true).build());
        clarifai.addAnnotation(annotation("level", 100).setInputLevel(true).build());
        clarifai.addAnnotation(annotation("new", 101).build());

        assertThat(list(List.of("a"), filter(true, null), 100))
                .extracting(Annotation::getId)
                .containsExactlyInAnyOrder("old", "level");
        assertThat(list(List.of("a"), filter(false, Instant.ofEpochSecond(100)), 100))
                .extracting(Annotation::getId)
                .containsExactlyInAnyOrder("level", "new");
    }

    private static AnnotationFilter filter(boolean inputLevelOnly, Instant since) {
        return new AnnotationFilter(Set.of(), Set.of(), Set.of(), false, false, inputLevelOnly, Set.of(), since);
    }

    private static Annotation.Builder annotation(String id, long modified) {
        return Annotation.newBuilder()
                .setId(id)
                .setInputId("a")
                .setModifiedAt(Timestamp.newBuilder().setSeconds(modified));
    }

    private void add(String id, Data data) {
        clarifai.addAnnotation(annotation(id, 0).setData(data).build());
    }

    private void addInputs(int count, int annotationsEach) {
        for (String id : ids(count)) {
            clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
            for (int i = 0; i < annotationsEach; i++) {
                clarifai.addAnnotation(Annotation.newBuilder()
                        .setId(id + '-' + i)
                        .setInputId(id)
                        .build());
            }
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "input-" + i).toList();
    }

    private List<Annotation> list(List<String> ids, AnnotationFilter filter, int pageSize) {
        return ImmutableList.copyOf(
                ClarifaiClient.join(client.annotations().list(APP, ids.iterator(), filter, pageSize)));
    }
}
