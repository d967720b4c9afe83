package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.clarifai.AnnotationUpload.Counts;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AnnotationUploadTest extends ClarifaiFixture {

    @Test
    void posts_the_annotations_of_imported_rows_with_their_data() {
        Map<String, Object> row = imported("a", "cat", "dog");

        Counts counts = post(row);

        assertThat(counts).isEqualTo(new Counts(2, 0));
        assertThat(clarifai.annotations())
                .extracting(Annotation::getInputId, Annotation::getData, Annotation::getInputLevel)
                .containsExactly(tuple("a", data("cat"), false), tuple("a", data("dog"), false));
        assertThat(row)
                .containsEntry(InputColumns.OUTCOME, "IMPORTED")
                .doesNotContainKeys(InputColumns.ANNOTATIONS, InputColumns.STATUS_MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "IMPORTED, SKIP, true", "IMPORTED, FAIL, true", "IMPORTED, MERGE, true", "EXISTING, SKIP, false",
        "EXISTING, FAIL, false", "EXISTING, MERGE, true", "EXISTING, OVERWRITE, true", "UPDATED, MERGE, true",
        "UPDATED, OVERWRITE, true", "REJECTED, MERGE, false"
    })
    void posts_to_inputs_that_existed_before_only_when_these_may_change(
            String outcome, OnExisting onExisting, boolean posted) {
        Map<String, Object> row = imported("a", "cat");
        row.put(InputColumns.OUTCOME, outcome);

        post(onExisting, row);

        assertThat(clarifai.annotations()).hasSize(posted ? 1 : 0);
        assertThat(row).doesNotContainKey(InputColumns.ANNOTATIONS);
    }

    @Test
    void posts_nothing_to_inputs_that_are_not_processed() {
        Map<String, Object> row = imported("a", "cat");
        row.put(InputColumns.STATUS, "PENDING");

        assertThat(post(row)).isEqualTo(new Counts(0, 0));
        assertThat(clarifai.received()).isEmpty();
    }

    @Test
    void adds_no_second_copy_when_a_run_is_repeated_in_another_order() {
        post(imported("a", "cat", "dog", "cat"));
        Counts again = post(imported("a", "dog", "cat", "cat"));

        assertThat(again).isEqualTo(new Counts(3, 0));
        assertThat(clarifai.annotations())
                .extracting(annotation -> annotation.getData().getConcepts(0).getId())
                .containsExactlyInAnyOrder("cat", "cat", "dog");
    }

    @Test
    void adds_no_second_copy_when_the_reply_is_lost() {
        clarifai.loseReplyOfNext("PostAnnotations");

        Counts counts = post(imported("a", "cat", "dog"));

        assertThat(clarifai.count("PostAnnotations")).isEqualTo(2);
        assertThat(counts).isEqualTo(new Counts(2, 0));
        assertThat(clarifai.annotations()).hasSize(2);
    }

    @Test
    void repeats_a_request_that_took_too_long() {
        clarifai.breakNext("PostAnnotations", Status.DEADLINE_EXCEEDED);

        assertThat(post(imported("a", "cat"))).isEqualTo(new Counts(1, 0));
    }

    @Test
    void keeps_the_input_and_says_which_annotation_was_refused_and_why() {
        clarifai.refuseAnnotationsWith("bad");
        Map<String, Object> first = imported("a", "cat", "bad", "dog");
        Map<String, Object> second = imported("b", "cat");

        Counts counts = post(first, second);

        assertThat(counts).isEqualTo(new Counts(3, 1));
        assertThat(first)
                .containsEntry(InputColumns.OUTCOME, "IMPORTED")
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(
                        InputColumns.STATUS_MESSAGE,
                        "1 of 3 annotations refused: no. 2: Annotation has an invalid argument");
        assertThat(second).doesNotContainKey(InputColumns.STATUS_MESSAGE);
    }

    @Test
    void names_only_the_first_of_many_refused_annotations() {
        clarifai.refuseAnnotationsWith("bad");
        Map<String, Object> row =
                imported("a", Stream.generate(() -> "bad").limit(200).toArray(String[]::new));

        assertThat(post(row)).isEqualTo(new Counts(0, 200));
        assertThat((String) row.get(InputColumns.STATUS_MESSAGE))
                .startsWith("200 of 200 annotations refused: no. 1: ")
                .contains("no. 3: ")
                .doesNotContain("no. 4: ")
                .endsWith("; …");
    }

    @Test
    void says_that_annotations_cannot_be_read_and_posts_those_of_the_other_rows() {
        Map<String, Object> unreadable = imported("a");
        unreadable.put(InputColumns.ANNOTATIONS, "[{");
        Map<String, Object> other = imported("b", "cat");

        Counts counts = post(unreadable, other);

        assertThat(counts).isEqualTo(new Counts(1, 1));
        assertThat(unreadable)
                .containsEntry(InputColumns.OUTCOME, "IMPORTED")
                .containsEntry(InputColumns.STATUS_MESSAGE, "The annotations cannot be read: not a list");
        assertThat(clarifai.annotations()).extracting(Annotation::getInputId).containsExactly("b");
    }

    @Test
    void sends_at_most_128_annotations_in_a_request() {
        String[] concepts = IntStream.range(0, 150).mapToObj(i -> "c" + i).toArray(String[]::new);

        Counts counts = post(imported("a", concepts), imported("b", concepts));

        assertThat(counts).isEqualTo(new Counts(300, 0));
        assertThat(clarifai.requests(PostAnnotationsRequest.class))
                .extracting(PostAnnotationsRequest::getAnnotationsCount)
                .containsExactly(128, 128, 44);
    }

    @Test
    void sends_no_more_bytes_in_a_request_than_allowed_unless_one_annotation_has_more() {
        Map<String, Object> row = imported("a", "x".repeat(400), "y".repeat(400), "z".repeat(400), "l".repeat(5000));

        ClarifaiClient.join(new AnnotationUpload(client, 1100, AnnotationUploadTest::read)
                .post(APP, List.of(row), OnExisting.SKIP));

        assertThat(clarifai.requests(PostAnnotationsRequest.class))
                .extracting(PostAnnotationsRequest::getAnnotationsCount)
                .containsExactly(2, 1, 1);
    }

    @Test
    void repeats_only_those_annotations_that_failed_for_a_moment() {
        Map<String, Object> first = imported("a", "cat");
        Map<String, Object> second = imported("b", "cat");
        clarifai.refuseInputOnce("b", FakeClarifai.status(StatusCode.DATABASE_DEADLOCK_DETECTED, "Deadlock"));

        assertThat(post(first, second)).isEqualTo(new Counts(2, 0));
        assertThat(clarifai.requests(PostAnnotationsRequest.class))
                .extracting(PostAnnotationsRequest::getAnnotationsCount)
                .containsExactly(2, 1);
    }

    @Test
    void fails_as_a_whole_when_the_token_is_refused_and_keeps_the_annotations_for_another_try() {
        clarifai.refuseNext("PostAnnotations", FakeClarifai.status(StatusCode.CONN_KEY_INVALID, "API key invalid"));
        Map<String, Object> row = imported("a", "cat");

        assertThatThrownBy(() -> post(row))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("API key invalid");
        post(row);

        assertThat(clarifai.annotations()).hasSize(1);
    }

    @SafeVarargs
    private final Counts post(Map<String, Object>... rows) {
        return post(OnExisting.SKIP, rows);
    }

    @SafeVarargs
    private final Counts post(OnExisting onExisting, Map<String, Object>... rows) {
        return ClarifaiClient.join(new AnnotationUpload(client, Integer.MAX_VALUE, AnnotationUploadTest::read)
                .post(APP, List.of(rows), onExisting));
    }

    private static List<Data> read(Object annotations) {
        if (annotations instanceof List<?> list) {
            return list.stream().map(Data.class::cast).toList();
        }
        throw new IllegalArgumentException("not a list");
    }

    private Map<String, Object> imported(String id, String... concepts) {
        clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        Map<String, Object> row = row(id);
        row.put(InputColumns.STATUS, "PROCESSED");
        row.put(InputColumns.OUTCOME, "IMPORTED");
        row.put(
                InputColumns.ANNOTATIONS,
                new ArrayList<>(
                        Stream.of(concepts).map(AnnotationUploadTest::data).toList()));
        return row;
    }

    private static Data data(String concept) {
        return Data.newBuilder()
                .addConcepts(Concept.newBuilder().setId(concept).setValue(1))
                .build();
    }
}
