package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class InputUpdateTest extends ClarifaiFixture {

    private static final Data STORED = Data.newBuilder()
            .addConcepts(concept("cat", 1))
            .addConcepts(concept("dog", 1))
            .setMetadata(Struct.newBuilder().putFields("split", text("train")).putFields("size", number(7)))
            .setGeo(geo(10, 20))
            .build();

    @BeforeEach
    void addStoredInput() {
        clarifai.addInput("a", STORED);
    }

    @Test
    void changes_nothing_unless_told_to() {
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, OnExisting.SKIP);

        assertThat(clarifai.count("PatchInputs")).isZero();
        assertThat(rows.get(0))
                .containsEntry(InputColumns.OUTCOME, "EXISTING")
                .doesNotContainKey(InputColumns.EXISTING_DATA);
    }

    @Test
    void merges_concepts_by_id_and_metadata_by_key_and_replaces_the_place() {
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, OnExisting.MERGE);

        Data data = clarifai.input("a").getData();
        assertThat(data.getConceptsList()).containsExactly(concept("cat", 1), concept("dog", 0), concept("bird", 1));
        assertThat(data.getMetadata().getFieldsMap())
                .containsOnly(
                        Map.entry("split", text("test")), Map.entry("size", number(7)), Map.entry("new", text("x")));
        assertThat(data.getGeo()).isEqualTo(geo(-5, 0.5f));
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "UPDATED").containsEntry("status", "PROCESSED");
        assertThat(clarifai.requests(PatchInputsRequest.class))
                .extracting(PatchInputsRequest::getAction)
                .containsExactly("merge");
    }

    @Test
    void overwrites_concepts_metadata_and_place() {
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, OnExisting.OVERWRITE);

        Data data = clarifai.input("a").getData();
        assertThat(data.getConceptsList()).containsExactly(concept("dog", 0), concept("bird", 1));
        assertThat(data.getMetadata().getFieldsMap())
                .containsOnly(Map.entry("split", text("test")), Map.entry("new", text("x")));
        assertThat(data.getGeo()).isEqualTo(geo(-5, 0.5f));
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "UPDATED");
        assertThat(clarifai.requests(PatchInputsRequest.class))
                .extracting(PatchInputsRequest::getAction)
                .containsExactly("overwrite");
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "OVERWRITE"})
    void shows_in_the_row_what_the_input_has_afterwards(OnExisting onExisting) {
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, onExisting);

        Map<String, Object> seen = new HashMap<>(Map.of(InputColumns.INPUT_ID, "a"));
        lookup(List.of(seen));
        assertThat(rows.get(0))
                .containsEntry(InputColumns.CONCEPTS, seen.get(InputColumns.CONCEPTS))
                .containsEntry(InputColumns.INPUT_METADATA, seen.get(InputColumns.INPUT_METADATA))
                .containsEntry(InputColumns.LONGITUDE, -5.0)
                .containsEntry(InputColumns.LATITUDE, 0.5);
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "OVERWRITE"})
    void sends_nothing_the_second_time(OnExisting onExisting) {
        update(List.of(relabelled("a")), onExisting);
        List<Map<String, Object>> again = List.of(relabelled("a"));
        update(again, onExisting);

        assertThat(clarifai.count("PatchInputs")).isEqualTo(1);
        assertThat(again.get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
    }

    @ParameterizedTest
    @EnumSource(names = {"MERGE", "OVERWRITE"})
    void leaves_alone_what_the_row_does_not_have(OnExisting onExisting) {
        Map<String, Object> row = row("a");
        row.put(InputColumns.INPUT_METADATA, Map.of("split", "test"));
        row.put(InputColumns.CONCEPTS, List.of());
        update(List.of(row), onExisting);

        Data sent =
                clarifai.requests(PatchInputsRequest.class).get(0).getInputs(0).getData();
        assertThat(sent)
                .isEqualTo(Data.newBuilder()
                        .setMetadata(Struct.newBuilder().putFields("split", text("test")))
                        .build());
        assertThat(clarifai.input("a").getData().getConceptsList()).hasSize(2);
        assertThat(row).containsEntry(InputColumns.OUTCOME, "UPDATED");
        assertThat((List<?>) row.get(InputColumns.CONCEPTS)).hasSize(2);
    }

    @Test
    void does_not_undo_what_others_changed_since_the_lookup_in_columns_that_the_row_does_not_have() {
        Map<String, Object> row = row("a");
        row.put(InputColumns.INPUT_METADATA, Map.of("split", "test"));
        lookup(List.of(row));
        clarifai.addInput(
                "a", STORED.toBuilder().addConcepts(concept("late", 1)).build());

        patch(List.of(row), OnExisting.OVERWRITE);

        assertThat(clarifai.input("a").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat", "dog", "late");
    }

    @Test
    void updates_inputs_that_only_the_upload_found_to_exist() {
        Map<String, Object> row = relabelled("a");
        List<Map<String, Object>> rows = List.of(row);
        ClarifaiClient.join(new InputUpload(client, newLookup(), Integer.MAX_VALUE, false).upload(APP, rows, null));
        ClarifaiClient.join(new InputProcessing(client, true, QUICK_POLLING).await(APP, rows, null, WaitListener.NONE));

        patch(rows, OnExisting.MERGE);

        assertThat(row).containsEntry(InputColumns.OUTCOME, "UPDATED");
        assertThat(clarifai.input("a").getData().getConceptsCount()).isEqualTo(3);
    }

    @Test
    void rejects_existing_inputs_when_they_are_a_failure_and_no_others() {
        List<Map<String, Object>> rows = List.of(row("a"), row("new"));
        lookup(rows);
        rows.get(1).put(InputColumns.STATUS, "PROCESSED");
        rows.get(1).put(InputColumns.OUTCOME, "IMPORTED");

        patch(rows, OnExisting.FAIL);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, null)
                .containsEntry(InputColumns.STATUS_MESSAGE, "An input with this id exists already");
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "IMPORTED");
        assertThat(clarifai.count("PatchInputs")).isZero();
        assertThat(clarifai.inputIds()).contains("a");
    }

    @Test
    void never_patches_inputs_that_this_run_imported_or_that_are_still_pending() {
        clarifai.addInput("busy", StatusCode.INPUT_DOWNLOAD_PENDING);
        clarifai.listsUntilProcessed(Integer.MAX_VALUE);
        List<Map<String, Object>> rows = List.of(relabelled("a"), relabelled("busy"));
        lookup(rows);
        rows.get(0).put(InputColumns.OUTCOME, "IMPORTED");

        patch(rows, OnExisting.OVERWRITE);

        assertThat(clarifai.count("PatchInputs")).isZero();
    }

    @Test
    void does_not_take_an_answer_of_unknown_meaning_for_a_refusal() {
        List<Map<String, Object>> rows = List.of(relabelled("a"));
        clarifai.refuseInput(
                "a",
                com.clarifai.grpc.api.status.Status.newBuilder()
                        .setCodeValue(30777)
                        .build());

        update(rows, OnExisting.MERGE);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.STATUS, "UNKNOWN")
                .containsEntry(InputColumns.STATUS_CODE, 30777)
                .containsEntry(InputColumns.OUTCOME, "UNKNOWN");
    }

    @Test
    void rejects_the_one_row_whose_change_is_refused() {
        clarifai.addInput("b", STORED);
        clarifai.addInput("c", STORED);
        clarifai.refuseInput(
                "b",
                FakeClarifai.status(StatusCode.CONCEPTS_INVALID_REQUEST, "Invalid concepts").toBuilder()
                        .setDetails("duplicate concept 'cat'")
                        .build());
        List<Map<String, Object>> rows = List.of(relabelled("a"), relabelled("b"), relabelled("c"));
        lookup(rows);
        clarifai.removeInput("c");

        patch(rows, OnExisting.MERGE);

        assertThat(rows)
                .extracting(row -> row.get(InputColumns.OUTCOME))
                .containsExactly("UPDATED", "REJECTED", "REJECTED");
        assertThat(rows.get(1))
                .containsEntry(InputColumns.STATUS_CODE, 40003)
                .containsEntry(InputColumns.STATUS_MESSAGE, "Invalid concepts: duplicate concept 'cat'");
        assertThat(rows.get(2)).containsEntry(InputColumns.STATUS_CODE, 11101);
    }

    @Test
    void finds_the_one_input_because_of_which_a_whole_request_is_refused() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : List.of("a", "b", "bad", "c")) {
            clarifai.addInput(id, STORED);
            rows.add(relabelled(id));
        }
        clarifai.refuseRequestsWith("bad");

        update(rows, OnExisting.MERGE);

        assertThat(rows)
                .extracting(row -> row.get(InputColumns.OUTCOME))
                .containsExactly("UPDATED", "UPDATED", "REJECTED", "UPDATED");
        assertThat(rows.get(2)).containsEntry(InputColumns.STATUS_CODE, 11102);
    }

    @Test
    void rejects_a_row_whose_input_is_gone_even_when_that_costs_the_whole_request() {
        clarifai.addInput("gone", STORED);
        List<Map<String, Object>> rows = List.of(relabelled("gone"), relabelled("a"));
        lookup(rows);
        clarifai.removeInput("gone");
        clarifai.refuseNext("PatchInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such input"));
        clarifai.refuseNext("PatchInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such input"));

        patch(rows, OnExisting.MERGE);

        assertThat(rows.get(0))
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS_MESSAGE, "No such input");
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "UPDATED");
    }

    @Test
    void rejects_rows_that_cannot_be_read_and_all_but_one_of_those_with_the_same_id() {
        clarifai.addInput("far", STORED);
        List<Map<String, Object>> rows = List.of(relabelled("a"), relabelled("a"), relabelled("far"));
        rows.get(1).put(InputColumns.CONCEPTS, List.of("other"));
        rows.get(2).put(InputColumns.LONGITUDE, 181);

        update(rows, OnExisting.MERGE);

        assertThat(rows)
                .extracting(row -> row.get(InputColumns.STATUS_MESSAGE))
                .containsExactly(
                        null,
                        "Another row of the same batch has the input id a",
                        "No such place: longitude 181.0, latitude 0.5");
        assertThat(clarifai.input("a").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat", "dog", "bird");
    }

    @Test
    void patches_at_most_128_inputs_in_a_request() {
        List<Map<String, Object>> rows = IntStream.range(0, 300)
                .mapToObj(i -> {
                    clarifai.addInput("input-" + i, STORED);
                    return relabelled("input-" + i);
                })
                .toList();

        update(rows, OnExisting.MERGE);

        assertThat(clarifai.requests(PatchInputsRequest.class))
                .extracting(PatchInputsRequest::getInputsCount)
                .containsExactly(128, 128, 44);
    }

    @Test
    void fails_as_a_whole_when_the_token_is_refused_and_goes_on_where_it_stopped_when_sent_again() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            clarifai.addInput("input-" + i, STORED);
            rows.add(relabelled("input-" + i));
        }
        lookup(rows);
        clarifai.refuseNext("PatchInputs", FakeClarifai.status(StatusCode.CONN_THROTTLED, "exceeded limit"));
        patch(rows.subList(0, 1), OnExisting.MERGE);
        clarifai.refuseNext("PatchInputs", FakeClarifai.status(StatusCode.CONN_KEY_INVALID, "API key invalid"));

        assertThatThrownBy(() -> patch(rows, OnExisting.MERGE))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("API key invalid");
        patch(rows, OnExisting.MERGE);

        assertThat(rows).allSatisfy(row -> assertThat(row).containsEntry(InputColumns.OUTCOME, "UPDATED"));
        assertThat(clarifai.requests(PatchInputsRequest.class))
                .extracting(PatchInputsRequest::getInputsCount)
                .containsExactly(1, 1, 128, 128, 1);
    }

    @Test
    void repeats_a_patch_whose_reply_was_lost() {
        clarifai.loseReplyOfNext("PatchInputs");
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, OnExisting.MERGE);

        assertThat(clarifai.requests(PatchInputsRequest.class)).hasSize(2);
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "UPDATED");
        assertThat(clarifai.input("a").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat", "dog", "bird");
    }

    @Test
    void repeats_a_patch_that_took_too_long() {
        clarifai.breakNext("PatchInputs", Status.DEADLINE_EXCEEDED);
        List<Map<String, Object>> rows = List.of(relabelled("a"));

        update(rows, OnExisting.MERGE);

        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "UPDATED");
    }

    private void update(List<Map<String, Object>> rows, OnExisting onExisting) {
        lookup(rows);
        patch(rows, onExisting);
    }

    private void lookup(List<Map<String, Object>> rows) {
        ClarifaiClient.join(new InputLookup(client, true, QUICK_POLLING).lookup(APP, rows));
    }

    private void patch(List<Map<String, Object>> rows, OnExisting onExisting) {
        ClarifaiClient.join(new InputUpdate(client, Integer.MAX_VALUE).update(APP, rows, onExisting));
    }

    private static Map<String, Object> relabelled(String id) {
        Map<String, Object> row = row(id);
        row.put(InputColumns.CONCEPTS, List.of(Map.of("id", "dog", "value", 0), "bird"));
        row.put(InputColumns.INPUT_METADATA, "{\"split\": \"test\", \"new\": \"x\"}");
        row.put(InputColumns.LONGITUDE, -5);
        row.put(InputColumns.LATITUDE, 0.5);
        return row;
    }

    private static Concept concept(String id, float value) {
        return Concept.newBuilder().setId(id).setName(id).setValue(value).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Geo geo(float longitude, float latitude) {
        return Geo.newBuilder()
                .setGeoPoint(GeoPoint.newBuilder().setLongitude(longitude).setLatitude(latitude))
                .build();
    }
}
