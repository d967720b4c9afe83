package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.collect.ImmutableList;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SearchesTest extends ClarifaiFixture {

    private static final Instant SINCE = Instant.ofEpochSecond(1_000);

    @Test
    void counts_the_inputs_of_a_dataset_unless_that_is_refused() {
        clarifai.addDataset("pets", "a", "b", "c");

        assertThat(ClarifaiClient.join(client.searches().count(APP, "pets"))).contains(3L);
        clarifai.refuseNext("PostInputsSearches", FakeClarifai.status(StatusCode.CONN_INSUFFICIENT_SCOPES, "No"));
        assertThat(ClarifaiClient.join(client.searches().count(APP, "pets"))).isEmpty();
    }

    @Test
    void finds_every_input_of_the_dataset_that_changed_once() {
        for (int i = 0; i < 300; i++) {
            annotate("changed-" + i, 1_000, "first", "second");
        }
        annotate("unchanged", 999, "first");
        clarifai.addInput("elsewhere", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addAnnotation(annotation("elsewhere", "first", 1_000));

        assertThat(changed(100).orElseThrow())
                .hasSize(300)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("changed-"));
        assertThat(clarifai.requests(ListInputsRequest.class))
                .extracting(ListInputsRequest::getIdsCount)
                .containsExactlyInAnyOrder(128, 128, 44);
        assertThat(clarifai.requests(PostAnnotationsSearchesRequest.class))
                .allSatisfy(request ->
                        assertThat(request.getPagination().getPerPage()).isLessThanOrEqualTo(100));
    }

    @Test
    void finds_nothing_where_nothing_changed() {
        annotate("unchanged", 999, "first");

        assertThat(changed(100).orElseThrow()).isEmpty();
        assertThat(clarifai.count("ListInputs")).isZero();
    }

    @Test
    void leaves_out_what_was_deleted_since_it_was_found() {
        annotate("kept", 1_000, "first");
        annotate("gone", 1_000, "first");
        clarifai.removeInput("gone");

        assertThat(changed(100).orElseThrow()).containsExactly("kept");
    }

    @Test
    void cannot_tell_beyond_the_window_of_the_search() {
        for (int i = 0; i < 30; i++) {
            annotate("changed-" + i, 1_000, "first");
        }
        clarifai.searchWindow(20);

        assertThat(changed(10)).isEmpty();
        assertThat(clarifai.count("ListInputs")).isZero();
    }

    @Test
    void cannot_tell_when_there_are_too_many_hits() {
        for (int i = 0; i < 10_001; i++) {
            annotate("changed-" + i, 1_000, "first");
        }

        assertThat(changed(1_000)).isEmpty();
    }

    @Test
    void fails_when_clarifai_is_away() {
        for (int i = 0; i < QUICK.attempts(); i++) {
            clarifai.breakNext("PostAnnotationsSearches", io.grpc.Status.UNAVAILABLE);
        }

        assertThatThrownBy(() -> changed(10))
                .isInstanceOfSatisfying(ClarifaiException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.UNREACHABLE));
    }

    private Optional<List<String>> changed(int pageSize) {
        return ClarifaiClient.join(client.searches().changedInputs(APP, "pets", SINCE, pageSize))
                .map(inputs ->
                        ImmutableList.copyOf(inputs).stream().map(Input::getId).toList());
    }

    private void annotate(String inputId, long changedAt, String... annotations) {
        clarifai.addInput(inputId, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets", inputId);
        for (String name : annotations) {
            clarifai.addAnnotation(annotation(inputId, name, changedAt));
        }
    }

    private static Annotation annotation(String inputId, String name, long changedAt) {
        return Annotation.newBuilder()
                .setId(inputId + "-" + name)
                .setInputId(inputId)
                .setModifiedAt(Timestamp.newBuilder().setSeconds(changedAt))
                .build();
    }
}
