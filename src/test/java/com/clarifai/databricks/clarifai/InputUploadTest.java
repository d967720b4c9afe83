package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InputUploadTest extends ClarifaiFixture {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    @Test
    void uploads_rows_without_status_in_the_dataset_and_job_given() {
        clarifai.addDataset("pets");
        List<Map<String, Object>> rows = rows("a", "b", "known");
        rows.get(0).put(InputColumns.DATASET_ID, "pets");
        rows.get(2).put(InputColumns.STATUS, "PROCESSED");

        ClarifaiClient.join(new InputUpload(client, newLookup(), UNLIMITED, false).upload(APP, rows, "job-1"));

        PostInputsRequest request = clarifai.requests(PostInputsRequest.class).get(0);
        assertThat(request.getInputsAddJobId()).isEqualTo("job-1");
        assertThat(request.getInputsList()).extracting(Input::getId).containsExactly("a", "b");
        assertThat(request.getInputs(0).getDatasetIdsList()).containsExactly("pets");
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PENDING")
                .containsEntry(InputColumns.STATUS_CODE, 30001);
        assertThat(rows).noneMatch(row -> row.containsKey(InputColumns.IMAGE_BYTES));
    }

    @Test
    void gives_each_row_its_own_result_when_some_are_refused() {
        clarifai.addInput("foreign", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.refuseInput(
                "copy",
                FakeClarifai.status(StatusCode.INPUT_DUPLICATE, "The input URL is duplicate.").toBuilder()
                        .setDetails("of input x")
                        .build());
        List<Map<String, Object>> rows = rows("fine", "foreign", "copy");
        rows.set(2, urlRow("copy"));

        upload(rows);

        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING").doesNotContainKey(InputColumns.OUTCOME);
        assertThat(rows.get(1))
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(2))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, 30100)
                .containsEntry(
                        InputColumns.STATUS_MESSAGE,
                        "Another input of the app has the URL https://images.example/copy.jpg (of input x)");
    }

    /** What became of these, the wait for them tells. */
    @Test
    void takes_an_answer_of_unknown_meaning_for_no_refusal() {
        List<Map<String, Object>> rows = rows("new-code", "indexing", "internal");
        clarifai.refuseInput("new-code", Status.newBuilder().setCodeValue(30777).build());
        clarifai.refuseInput("indexing", Status.newBuilder().setCodeValue(30503).build());
        clarifai.refuseInput("internal", FakeClarifai.status(StatusCode.INTERNAL_UNCATEGORIZED, "Oops"));

        upload(rows);

        assertThat(rows)
                .extracting(row -> row.get(InputColumns.STATUS), row -> row.get(InputColumns.STATUS_CODE))
                .containsExactly(tuple("PENDING", 30777), tuple("PENDING", 30503), tuple("REJECTED", 99009));
    }

    @Test
    void counts_a_duplicate_as_its_own_when_the_reply_to_the_first_attempt_was_lost() {
        clarifai.loseReplyOfNext("PostInputs");
        List<Map<String, Object>> rows = rows("a");

        upload(rows);

        assertThat(clarifai.count("PostInputs")).isEqualTo(2);
        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING").doesNotContainKey(InputColumns.OUTCOME);
    }

    /** That it was there, the answer to the post says; only then it is asked for. */
    @Test
    void looks_up_only_inputs_whose_id_is_taken() {
        clarifai.addInput("foreign", StatusCode.INPUT_DOWNLOAD_SUCCESS);

        upload(rows("a", "foreign", "b"));

        assertThat(clarifai.requests(ListInputsRequest.class))
                .extracting(request -> List.copyOf(request.getIdsList()))
                .containsExactly(List.of("foreign"));
    }

    @Test
    void an_input_that_was_there_long_before_a_lost_reply_is_not_its_own() {
        clarifai.addInput("foreign", StatusCode.INPUT_DOWNLOAD_FAILED);
        clarifai.loseReplyOfNext("PostInputs");
        List<Map<String, Object>> rows = rows("a", "foreign");

        upload(rows);

        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING").doesNotContainKey(InputColumns.OUTCOME);
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "REJECTED");
        assertThat(clarifai.count("DeleteInputs")).isZero();
    }

    @Test
    void sends_an_input_again_where_one_that_had_failed_for_an_earlier_run_was_in_its_way() {
        clarifai.addInput("again", StatusCode.INPUT_DOWNLOAD_FAILED);
        List<Map<String, Object>> rows = rows("again");
        rows.get(0).put(InputColumns.REFUSED, true);

        upload(rows);

        assertThat(clarifai.input("again").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_PENDING);
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PENDING")
                .doesNotContainKeys(InputColumns.OUTCOME, InputColumns.IMAGE_BYTES);
    }

    /** Its answer is due after its last byte only. */
    @Test
    void the_deadline_of_an_upload_grows_with_its_bytes() {
        List<Map<String, Object>> rows = rows("large");
        rows.get(0).put(InputColumns.IMAGE_BYTES, picture(5 * 1024 * 1024));

        upload(rows);

        assertThat(clarifai.received().get(0).timeLeft())
                .isBetween(
                        settings().requestTimeout().plusSeconds(15),
                        settings().requestTimeout().plusSeconds(20));
    }

    @Test
    void counts_a_duplicate_as_foreign_when_the_first_attempt_was_only_throttled() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.refuseNext("PostInputs", FakeClarifai.status(StatusCode.CONN_THROTTLED, "exceeded limit"));
        List<Map<String, Object>> rows = rows("a");

        upload(rows);

        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
    }

    @Test
    void takes_a_duplicate_url_for_its_own_input_when_that_exists() {
        clarifai.refuseInput("a", FakeClarifai.status(StatusCode.INPUT_DUPLICATE, "The input URL is duplicate."));
        clarifai.refuseInput("b", FakeClarifai.status(StatusCode.INPUT_DUPLICATE, "The input URL is duplicate."));
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_PENDING);
        List<Map<String, Object>> rows = rows("a", "b");

        upload(rows);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PENDING")
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(1))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, 30100);
    }

    @Test
    void allows_duplicate_urls_only_when_told_to() {
        upload(List.of(urlRow("a")));
        List<Map<String, Object>> rows = new ArrayList<>(List.of(urlRow("b"), row("bytes")));
        ClarifaiClient.join(new InputUpload(client, newLookup(), UNLIMITED, true).upload(APP, rows, null));

        assertThat(clarifai.requests(PostInputsRequest.class))
                .flatExtracting(PostInputsRequest::getInputsList)
                .extracting(Input::getId, input -> input.getData().getImage().getAllowDuplicateUrl())
                .containsExactly(tuple("a", false), tuple("b", true), tuple("bytes", false));
    }

    @Test
    void sends_at_most_128_inputs_in_a_request() {
        upload(rows(IntStream.range(0, 300).mapToObj(i -> "input-" + i).toArray(String[]::new)));

        assertThat(clarifai.requests(PostInputsRequest.class))
                .extracting(PostInputsRequest::getInputsCount)
                .containsExactly(128, 128, 44);
    }

    @Test
    void sends_no_more_bytes_in_a_request_than_allowed_unless_one_input_has_more() {
        List<Map<String, Object>> rows = rows("a", "b", "c", "d");
        rows.forEach(row -> row.put(InputColumns.IMAGE_BYTES, picture(400)));
        rows.get(3).put(InputColumns.IMAGE_BYTES, picture(5000));

        ClarifaiClient.join(new InputUpload(client, newLookup(), 1000, false).upload(APP, rows, null));

        assertThat(clarifai.requests(PostInputsRequest.class))
                .extracting(PostInputsRequest::getInputsCount)
                .containsExactly(2, 1, 1);
    }

    @Test
    void rejects_what_clarifai_would_refuse_without_asking() {
        List<Map<String, Object>> rows = rows("large", "has space", "twice", "twice", "x".repeat(49));
        rows.get(0).put(InputColumns.IMAGE_BYTES, picture(20_000_000));

        upload(rows);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(
                        InputColumns.STATUS_MESSAGE, "The image has 20000000 bytes, Clarifai takes less than 20000000");
        assertThat(rows.get(1).get(InputColumns.STATUS_MESSAGE)).asString().contains("\"has space\"");
        assertThat(rows.get(2)).containsEntry(InputColumns.STATUS, "PENDING");
        assertThat(rows.get(3)).containsEntry(InputColumns.OUTCOME, "REJECTED");
        assertThat(rows.get(4)).containsEntry(InputColumns.OUTCOME, "REJECTED");
        assertThat(clarifai.inputIds()).containsExactly("twice");
    }

    @Test
    void finds_the_one_input_because_of_which_a_whole_request_is_refused() {
        clarifai.refuseRequestsWith("bad");
        List<Map<String, Object>> rows = rows("a", "b", "bad", "c", "d");

        upload(rows);

        assertThat(clarifai.inputIds()).containsExactly("a", "b", "c", "d");
        assertThat(rows.get(2))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, 11102);
        assertThat(rows)
                .filteredOn(row -> "PENDING".equals(row.get(InputColumns.STATUS)))
                .hasSize(4);
    }

    @Test
    void repeats_only_those_inputs_that_failed_for_a_moment() {
        clarifai.refuseInputOnce("busy", FakeClarifai.status(StatusCode.DATABASE_DEADLOCK_DETECTED, "Deadlock"));
        clarifai.refuseInput("dead", FakeClarifai.status(StatusCode.DATABASE_DEADLOCK_DETECTED, "Deadlock"));
        List<Map<String, Object>> rows = rows("fine", "busy", "dead");

        upload(rows);

        assertThat(clarifai.requests(PostInputsRequest.class))
                .extracting(PostInputsRequest::getInputsCount)
                .containsExactly(3, 2, 1, 1);
        assertThat(rows.get(1)).containsEntry(InputColumns.STATUS, "PENDING");
        assertThat(rows.get(2))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_MESSAGE, "Deadlock");
    }

    @Test
    void fails_as_a_whole_when_the_app_is_missing_and_keeps_the_images_for_another_try() {
        clarifai.refuseNext("PostInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such app"));
        List<Map<String, Object>> rows = rows("a", "b");

        assertThatThrownBy(() -> upload(rows))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("No such app");
        assertThat(rows).allMatch(row -> row.containsKey(InputColumns.IMAGE_BYTES) && row.size() == 2);

        upload(rows);
        assertThat(clarifai.inputIds()).containsExactly("a", "b");
    }

    @Test
    void sends_lent_bytes_as_they_are_and_gives_them_back_behind_the_answer() throws IOException {
        byte[] picture = picture(100_000);
        List<Map<String, Object>> rows = rows("a");
        PooledBytes lent = new BytePool().read(new ByteArrayInputStream(picture), picture.length);
        rows.get(0).put(InputColumns.IMAGE_BYTES, lent);

        upload(rows);

        assertThat(clarifai.requests(PostInputsRequest.class)
                        .get(0)
                        .getInputs(0)
                        .getData()
                        .getImage()
                        .getBase64()
                        .toByteArray())
                .isEqualTo(picture);
        assertThat(rows.get(0)).doesNotContainKey(InputColumns.IMAGE_BYTES);
        assertThatIllegalStateException().isThrownBy(lent::toByteArray);
    }

    @Test
    void keeps_lent_bytes_when_it_fails_for_another_try() throws IOException {
        clarifai.refuseNext("PostInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such app"));
        byte[] picture = picture(100_000);
        List<Map<String, Object>> rows = rows("a");
        PooledBytes lent = new BytePool().read(new ByteArrayInputStream(picture), picture.length);
        rows.get(0).put(InputColumns.IMAGE_BYTES, lent);

        assertThatThrownBy(() -> upload(rows)).isInstanceOf(ClarifaiException.class);

        assertThat(rows.get(0)).containsEntry(InputColumns.IMAGE_BYTES, lent);
        assertThat(lent.toByteArray()).isEqualTo(picture);
    }

    private static Map<String, Object> urlRow(String id) {
        Map<String, Object> row = new HashMap<>();
        row.put(InputColumns.INPUT_ID, id);
        row.put(InputColumns.IMAGE_URL, "https://images.example/" + id + ".jpg");
        return row;
    }

    private void upload(List<Map<String, Object>> rows) {
        ClarifaiClient.join(new InputUpload(client, newLookup(), UNLIMITED, false).upload(APP, rows, null));
    }
}
