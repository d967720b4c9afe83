package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InputLookupTest extends ClarifaiFixture {

    @Test
    void marks_rows_whose_input_exists_and_leaves_the_others() {
        clarifai.addInput("done", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("busy", StatusCode.INPUT_DOWNLOAD_IN_PROGRESS);
        List<Map<String, Object>> rows = rows("done", "busy", "new");
        rows.get(0).put(InputColumns.CONCEPTS, List.of("cat"));

        lookup(rows, true);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.STATUS_CODE, 30000)
                .containsEntry(InputColumns.OUTCOME, "EXISTING")
                .containsEntry(InputColumns.APP_ID, FakeClarifai.APP)
                .containsEntry(InputColumns.CONCEPTS, List.of("cat"));
        assertThat(rows.get(1))
                .containsEntry(InputColumns.STATUS, "PENDING")
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(2))
                .isEqualTo(Map.of(
                        InputColumns.INPUT_ID,
                        "new",
                        InputColumns.IMAGE_BYTES,
                        rows.get(2).get(InputColumns.IMAGE_BYTES)));
    }

    @Test
    void takes_the_input_of_a_row_that_an_interrupted_run_left_for_its_own() {
        clarifai.addInput("uploaded", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("foreign", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        List<Map<String, Object>> rows = rows("uploaded", "foreign", "not-yet");
        rows.get(0).put(InputColumns.RESUMED, true);
        rows.get(1).put(InputColumns.RESUMED, false);
        rows.get(2).put(InputColumns.RESUMED, true);

        lookup(rows, true);
        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING").doesNotContainKey(InputColumns.OUTCOME);
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(2)).doesNotContainKeys(InputColumns.STATUS, InputColumns.OUTCOME);

        ClarifaiClient.join(new InputProcessing(client, true, QUICK_POLLING).await(APP, rows, null, WaitListener.NONE));
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.OUTCOME, "IMPORTED");
    }

    /** The run had written down that it would send it, and was killed before it found out that it was there. */
    @Test
    void takes_an_input_for_foreign_that_is_older_than_what_the_interrupted_run_wrote_down() {
        clarifai.addInput("older", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("older-and-failed", StatusCode.INPUT_DOWNLOAD_FAILED);
        clarifai.addInput("own", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        long created = 1_700_000_000;
        List<Map<String, Object>> rows = rows("older", "older-and-failed", "own");
        rows.forEach(row -> row.put(InputColumns.RESUMED, true));
        rows.get(0).put(InputColumns.CLAIMED_AT, (created + 3600) * 1_000_000);
        rows.get(1).put(InputColumns.CLAIMED_AT, (created + 3600) * 1_000_000);
        rows.get(2).put(InputColumns.CLAIMED_AT, (created + 60) * 1_000_000);

        lookup(rows, false);

        assertThat(rows).extracting(row -> row.get(InputColumns.OUTCOME)).containsExactly("EXISTING", "REJECTED", null);
        assertThat(clarifai.count("DeleteInputs")).isZero();
    }

    @Test
    void asks_for_at_most_128_inputs_at_once_and_never_for_none() {
        lookup(rows(IntStream.range(0, 300).mapToObj(i -> "input-" + i).toArray(String[]::new)), true);
        lookup(List.of(), true);
        lookup(rows("not.valid"), true);

        assertThat(clarifai.requests(ListInputsRequest.class))
                .extracting(ListInputsRequest::getIdsCount)
                .containsExactly(128, 128, 44);
    }

    @Test
    void deletes_an_input_that_failed_earlier_and_waits_until_it_is_gone() {
        clarifai.addInput("broken", StatusCode.INPUT_DOWNLOAD_FAILED);
        clarifai.listsUntilDeleted(3);
        List<Map<String, Object>> rows = rows("broken");

        lookup(rows, true);

        assertThat(clarifai.inputIds()).isEmpty();
        assertThat(rows.get(0)).doesNotContainKeys(InputColumns.STATUS, InputColumns.OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {InputColumns.RESUMED, InputColumns.REFUSED})
    void deletes_a_failed_input_that_an_earlier_run_had_uploaded_and_no_other(String flag) {
        clarifai.addInput("own", StatusCode.INPUT_DOWNLOAD_FAILED);
        clarifai.addInput("foreign", StatusCode.INPUT_DOWNLOAD_FAILED);
        List<Map<String, Object>> rows = rows("own", "foreign");
        rows.get(0).put(flag, true);

        lookup(rows, false);

        assertThat(clarifai.inputIds()).containsExactly("foreign");
        assertThat(rows.get(0)).doesNotContainKeys(InputColumns.STATUS, InputColumns.OUTCOME);
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "REJECTED");
    }

    /** What a failed modification, a failed index or a code of the future says of an input is not that it has failed. */
    @ParameterizedTest
    @ValueSource(ints = {30004, 30005, 30203, 30402, 30502, 30777, 31440, 98004, 0})
    void keeps_an_input_in_a_state_of_unknown_meaning_and_says_its_code(int code) {
        clarifai.addInput("odd", code);
        List<Map<String, Object>> rows = rows("odd");
        rows.get(0).put(InputColumns.RESUMED, true);

        lookup(rows, true);
        ClarifaiClient.join(new InputUpload(client, newLookup(), Integer.MAX_VALUE, false).upload(APP, rows, null));
        ClarifaiClient.join(new InputProcessing(client, true, QUICK_POLLING).await(APP, rows, null, WaitListener.NONE));

        assertThat(clarifai.count("DeleteInputs")).isZero();
        assertThat(clarifai.count("PostInputs")).isZero();
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "UNKNOWN")
                .containsEntry(InputColumns.STATUS_CODE, code)
                .containsEntry(InputColumns.OUTCOME, "UNKNOWN");
        assertThat(rows.get(0).get(InputColumns.STATUS_MESSAGE).toString())
                .contains(String.valueOf(code), "left as it is");
    }

    @ParameterizedTest
    @ValueSource(ints = {10000, 30200, 30400, 30500, 31000, 31200, 31400})
    void takes_an_input_that_was_modified_clustered_or_indexed_again_as_processed(int code) {
        clarifai.addInput("done", code);
        List<Map<String, Object>> rows = rows("done");

        lookup(rows, true);

        assertThat(clarifai.inputIds()).containsExactly("done");
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.STATUS_CODE, code)
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
    }

    @ParameterizedTest
    @ValueSource(ints = {30201, 30401, 30403, 30501, 30503, 31001, 31201, 31410})
    void waits_for_an_input_that_is_being_modified_clustered_or_indexed_again(int code) {
        clarifai.addInput("busy", code);
        List<Map<String, Object>> rows = rows("busy");

        lookup(rows, true);
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PENDING")
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
        clarifai.setStatus("busy", 30500);
        ClarifaiClient.join(new InputProcessing(client, true, QUICK_POLLING).await(APP, rows, null, WaitListener.NONE));

        assertThat(clarifai.count("DeleteInputs")).isZero();
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.OUTCOME, "EXISTING");
    }

    /** Which of these it is, no source says. */
    @ParameterizedTest
    @ValueSource(ints = {11101, 10010, 10020, 30102})
    void takes_any_answer_that_none_of_the_ids_exists_for_an_empty_list(int code) {
        clarifai.refuseNext("ListInputs", Status.newBuilder().setCodeValue(code).build());
        List<Map<String, Object>> rows = rows("new");

        lookup(rows, true);

        assertThat(rows.get(0)).doesNotContainKeys(InputColumns.STATUS, InputColumns.OUTCOME);
    }

    @ParameterizedTest
    @ValueSource(ints = {11008, 11102, 99009})
    void fails_when_the_list_is_refused_for_another_reason(int code) {
        clarifai.refuseNext("ListInputs", Status.newBuilder().setCodeValue(code).build());

        assertThatThrownBy(() -> lookup(rows("new"), true)).isInstanceOf(ClarifaiException.class);
    }

    @Test
    void rejects_an_input_that_failed_earlier_when_it_may_not_be_replaced() {
        clarifai.addInput("broken", StatusCode.INPUT_DOWNLOAD_FAILED);
        List<Map<String, Object>> rows = rows("broken");

        lookup(rows, false);

        assertThat(clarifai.inputIds()).containsExactly("broken");
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, null);
        assertThat(rows.get(0).get(InputColumns.STATUS_MESSAGE).toString())
                .contains("no known run has uploaded", "30002 as set up");
    }

    @Test
    void does_not_wait_for_a_deletion_for_ever() {
        clarifai.addInput("broken", StatusCode.INPUT_DOWNLOAD_FAILED);
        clarifai.listsUntilDeleted(Integer.MAX_VALUE);
        Polling brief = new Polling(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(50));

        assertThatThrownBy(() -> ClarifaiClient.join(new InputLookup(client, true, brief).lookup(APP, rows("broken"))))
                .isInstanceOf(ClarifaiException.class)
                .hasMessage("Some of 1 inputs that had failed are still not deleted after PT0.05S");
    }

    private void lookup(List<Map<String, Object>> rows, boolean replaceFailed) {
        ClarifaiClient.join(new InputLookup(client, replaceFailed, QUICK_POLLING).lookup(APP, rows));
    }
}
