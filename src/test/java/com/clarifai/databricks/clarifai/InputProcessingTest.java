package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.FakeClarifai.Received;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.databricks.model.WaitListener.Wait;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InputProcessingTest extends ClarifaiFixture {

    @Test
    void waits_until_all_are_processed_and_fills_their_columns() {
        clarifai.listsUntilProcessed(3);
        List<Map<String, Object>> rows = uploaded("a", "b");

        await(rows, null, true);

        assertThat(clarifai.count("ListInputs")).isEqualTo(3);
        assertThat(rows).allSatisfy(row -> assertThat(row)
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.STATUS_CODE, 30000)
                .containsEntry(InputColumns.OUTCOME, "IMPORTED")
                .containsEntry(InputColumns.USER_ID, "me")
                .containsEntry(InputColumns.APP_ID, FakeClarifai.APP));
    }

    @Test
    void asks_only_for_those_still_pending() {
        clarifai.listsUntilProcessed(2);
        List<Map<String, Object>> rows = uploaded("slow");
        clarifai.addInput("done", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        Map<String, Object> existing = row("done");
        existing.put(InputColumns.STATUS, "PENDING");
        existing.put(InputColumns.OUTCOME, "EXISTING");
        rows.add(existing);

        await(rows, null, true);

        assertThat(clarifai.requests(ListInputsRequest.class))
                .extracting(request -> List.copyOf(request.getIdsList()))
                .containsExactly(List.of("slow", "done"), List.of("slow"));
        assertThat(existing).containsEntry(InputColumns.OUTCOME, "EXISTING");
    }

    /** A request for a thousand of them instead of one for 128, but for the one behind which the list begins. */
    @Test
    void lists_what_was_added_last_where_many_are_pending() {
        List<Map<String, Object>> rows = many("a", 2500);

        await(rows, null, true);

        assertThat(clarifai.count("StreamInputs")).isEqualTo(3);
        assertThat(clarifai.requests(ListInputsRequest.class))
                .extracting(request -> List.copyOf(request.getIdsList()))
                .containsExactly(List.of("a-0"));
        assertThat(rows).allMatch(row -> "IMPORTED".equals(row.get(InputColumns.OUTCOME)));
    }

    @Test
    void goes_on_in_the_list_where_it_has_found_the_last_ones() {
        InputProcessing processing = new InputProcessing(client, true, QUICK_POLLING);
        ClarifaiClient.join(processing.await(APP, many("a", 1000), null, WaitListener.NONE));
        List<Map<String, Object>> rows = many("b", 1000);
        many("c", 1000);

        ClarifaiClient.join(processing.await(APP, rows, null, WaitListener.NONE));

        assertThat(clarifai.requests(StreamInputsRequest.class))
                .extracting(StreamInputsRequest::getLastId)
                .containsExactly("a-0", "a-999");
        assertThat(rows).allMatch(row -> "IMPORTED".equals(row.get(InputColumns.OUTCOME)));
    }

    @Test
    void begins_with_its_own_first_one_when_the_place_in_the_list_is_gone() {
        InputProcessing processing = new InputProcessing(client, true, QUICK_POLLING);
        ClarifaiClient.join(processing.await(APP, many("a", 500), null, WaitListener.NONE));
        List<Map<String, Object>> rows = many("b", 500);
        clarifai.removeInput("a-499");

        ClarifaiClient.join(processing.await(APP, rows, null, WaitListener.NONE));

        assertThat(clarifai.requests(StreamInputsRequest.class))
                .extracting(StreamInputsRequest::getLastId)
                .containsExactly("a-0", "a-499", "b-0");
        assertThat(rows).allMatch(row -> "IMPORTED".equals(row.get(InputColumns.OUTCOME)));
    }

    @Test
    void asks_by_their_ids_for_those_that_are_not_found_in_a_few_pages() {
        List<Map<String, Object>> rows = many("a", 250);
        IntStream.range(0, 4000).forEach(i -> clarifai.addInput("other-" + i, StatusCode.INPUT_DOWNLOAD_SUCCESS));
        rows.addAll(many("b", 250));

        await(rows, null, true);

        assertThat(clarifai.count("StreamInputs")).isEqualTo(3);
        assertThat(clarifai.count("ListInputs")).isEqualTo(2);
        assertThat(rows).allMatch(row -> "IMPORTED".equals(row.get(InputColumns.OUTCOME)));
    }

    private List<Map<String, Object>> many(String name, int count) {
        return uploaded(IntStream.range(0, count).mapToObj(i -> name + "-" + i).toArray(String[]::new));
    }

    @Test
    void asks_again_only_for_those_of_many_that_were_not_finished() {
        clarifai.listsUntilProcessed(2);
        List<Map<String, Object>> rows = many("input", 500);

        await(rows, null, true);

        assertThat(clarifai.count("StreamInputs")).isEqualTo(2);
        assertThat(clarifai.count("ListInputs")).isEqualTo(2);
    }

    /** How long it takes, the page before has shown. */
    @Test
    void waits_for_many_as_long_as_the_last_ones_took_instead_of_asking_for_their_job() {
        InputProcessing processing = new InputProcessing(client, true, QUICK_POLLING);
        clarifai.jobProgress(
                FakeClarifai.job(StatusCode.JOB_QUEUED, 1, 0), FakeClarifai.job(StatusCode.JOB_COMPLETED, 0, 1));
        ClarifaiClient.join(processing.await(APP, many("a", 500), "job-1", WaitListener.NONE));
        assertThat(clarifai.count("GetInputsAddJob")).isEqualTo(2);

        ClarifaiClient.join(processing.await(APP, many("b", 500), "job-2", WaitListener.NONE));

        assertThat(clarifai.count("GetInputsAddJob")).isEqualTo(2);
    }

    @Test
    void asks_the_job_before_it_asks_for_the_inputs() {
        List<Map<String, Object>> rows = uploaded("a");
        clarifai.jobProgress(
                FakeClarifai.job(StatusCode.JOB_QUEUED, 0, 0),
                FakeClarifai.job(StatusCode.JOB_RUNNING, 1, 0),
                FakeClarifai.job(StatusCode.JOB_RUNNING, 0, 1));

        await(rows, "job-1", true);

        assertThat(clarifai.received())
                .extracting(Received::call)
                .containsExactly("PostInputs", "GetInputsAddJob", "GetInputsAddJob", "GetInputsAddJob", "ListInputs");
        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PROCESSED");
    }

    @Test
    void asks_for_the_inputs_when_the_job_is_unknown() {
        List<Map<String, Object>> rows = uploaded("a");

        await(rows, "job-1", true);

        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PROCESSED");
    }

    @Test
    void rejects_and_deletes_an_input_of_this_run_that_failed() {
        clarifai.failProcessingOf(
                "bad",
                FakeClarifai.status(StatusCode.INPUT_DOWNLOAD_FAILED, "Download failed").toBuilder()
                        .setDetails("404 Not Found")
                        .build());
        List<Map<String, Object>> rows = uploaded("good", "bad");

        await(rows, null, true);

        assertThat(rows.get(1))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, 30002)
                .containsEntry(InputColumns.STATUS_MESSAGE, "Download failed: 404 Not Found")
                .containsEntry(InputColumns.OUTCOME, "REJECTED");
        assertThat(clarifai.inputIds()).containsExactly("good");
    }

    @ParameterizedTest
    @ValueSource(ints = {30203, 30502, 30777})
    void deletes_no_input_of_this_run_whose_state_it_does_not_know(int code) {
        clarifai.failProcessingOf("odd", Status.newBuilder().setCodeValue(code).build());
        List<Map<String, Object>> rows = uploaded("odd");

        await(rows, null, true);

        assertThat(clarifai.count("DeleteInputs")).isZero();
        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "UNKNOWN")
                .containsEntry(InputColumns.STATUS_CODE, code)
                .containsEntry(InputColumns.OUTCOME, "UNKNOWN")
                .containsEntry(InputColumns.APP_ID, FakeClarifai.APP);
    }

    @Test
    void deletes_no_failed_input_that_was_there_before_or_that_shall_stay() {
        clarifai.failProcessingOf("old", FakeClarifai.status(StatusCode.INPUT_DOWNLOAD_FAILED, "Download failed"));
        clarifai.failProcessingOf("new", FakeClarifai.status(StatusCode.INPUT_DOWNLOAD_FAILED, "Download failed"));
        List<Map<String, Object>> existing = uploaded("old");
        existing.get(0).put(InputColumns.OUTCOME, "EXISTING");
        List<Map<String, Object>> fresh = uploaded("new");

        await(existing, null, true);
        await(fresh, null, false);

        assertThat(existing.get(0)).containsEntry(InputColumns.STATUS, "REJECTED");
        assertThat(fresh.get(0)).containsEntry(InputColumns.STATUS, "REJECTED");
        assertThat(clarifai.inputIds()).containsExactly("old", "new");
    }

    @Test
    void rejects_an_input_that_vanished() {
        List<Map<String, Object>> rows = uploaded("gone", "here");
        clarifai.removeInput("gone");

        await(rows, null, true);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_MESSAGE, "The input was deleted while processing");
        assertThat(rows.get(1)).containsEntry(InputColumns.STATUS, "PROCESSED");
    }

    @Test
    void fails_with_the_number_still_pending_when_time_is_up() {
        clarifai.listsUntilProcessed(Integer.MAX_VALUE);
        List<Map<String, Object>> rows = uploaded("a", "b", "c");
        Polling brief = new Polling(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(50));

        assertThatThrownBy(() -> ClarifaiClient.join(
                        new InputProcessing(client, true, brief).await(APP, rows, null, WaitListener.NONE)))
                .isInstanceOf(ClarifaiException.class)
                .hasMessage("3 of 3 inputs are still not processed after PT0.05S");
    }

    @Test
    void asks_nothing_when_nothing_is_pending() {
        await(rows("a"), "job-1", true);

        assertThat(clarifai.received()).isEmpty();
    }

    private List<Map<String, Object>> uploaded(String... ids) {
        List<Map<String, Object>> rows = rows(ids);
        ClarifaiClient.join(new InputUpload(client, newLookup(), Integer.MAX_VALUE, false).upload(APP, rows, null));
        return rows;
    }

    @Test
    void tells_how_many_are_processed_as_the_job_and_then_the_inputs_say() {
        List<Map<String, Object>> rows = uploaded("a", "b", "c");
        clarifai.jobProgress(
                FakeClarifai.job(StatusCode.JOB_QUEUED, 3, 0),
                FakeClarifai.job(StatusCode.JOB_RUNNING, 1, 2),
                FakeClarifai.job(StatusCode.JOB_RUNNING, 0, 3));
        List<Wait> told = new CopyOnWriteArrayList<>();

        ClarifaiClient.join(new InputProcessing(client, true, QUICK_POLLING).await(APP, rows, "job-1", told::add));

        assertThat(told).extracting(Wait::done).containsExactly(0L, 2L, 3L, 3L);
        assertThat(told).extracting(Wait::of).containsOnly(3L);
        assertThat(told).extracting(Wait::what).containsOnly("Clarifai to process the inputs");
    }

    private void await(List<Map<String, Object>> rows, String jobId, boolean deleteFailed) {
        WaitListener listener = WaitListener.NONE;
        ClarifaiClient.join(new InputProcessing(client, deleteFailed, QUICK_POLLING).await(APP, rows, jobId, listener));
    }
}
