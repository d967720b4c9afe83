package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatasetMembershipTest extends ClarifaiFixture {

    @Test
    void adds_existing_inputs_also_when_some_are_members_already() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("b", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets", "a");
        List<Map<String, Object>> rows = existing("a", "b", "gone");

        add(rows);

        assertThat(clarifai.members("pets")).containsExactly("a", "b");
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(1)).containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(2))
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS_MESSAGE, "Not added to the dataset: Resource does not exist");
    }

    @Test
    void asks_the_dataset_where_the_answer_says_nothing_of_its_items() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets");
        clarifai.saysNothingOfMembers();
        List<Map<String, Object>> rows = existing("a", "gone");

        add(rows);

        assertThat(clarifai.members("pets")).containsExactly("a");
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(rows.get(1))
                .containsEntry(InputColumns.OUTCOME, "REJECTED")
                .containsEntry(InputColumns.STATUS_CODE, 10010)
                .containsEntry(InputColumns.STATUS_MESSAGE, "Not added to the dataset: Mixed status");
    }

    @Test
    void adds_the_others_when_the_whole_request_is_refused_because_of_one_member() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("b", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets");
        clarifai.refuseNext("PostDatasetInputs", FakeClarifai.status(StatusCode.DATASET_INPUT_DUPLICATE, "Duplicate"));

        add(existing("a", "b"));

        assertThat(clarifai.members("pets")).containsExactly("a", "b");
    }

    @Test
    void adds_updated_inputs_as_well() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets");
        List<Map<String, Object>> rows = existing("a");
        rows.get(0).put(InputColumns.OUTCOME, "UPDATED");

        add(rows);

        assertThat(clarifai.members("pets")).containsExactly("a");
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "UPDATED");
    }

    @Test
    void asks_nothing_for_rows_that_this_run_posted_or_that_name_no_dataset() {
        List<Map<String, Object>> rows = existing("posted", "elsewhere");
        rows.get(0).put(InputColumns.OUTCOME, "IMPORTED");
        rows.get(1).remove(InputColumns.DATASET_ID);

        add(rows);

        assertThat(clarifai.received()).isEmpty();
    }

    @Test
    void fails_when_the_dataset_is_missing() {
        clarifai.refuseNext(
                "PostDatasetInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such dataset"));

        assertThatThrownBy(() -> add(existing("a")))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("No such dataset");
    }

    private void add(List<Map<String, Object>> rows) {
        ClarifaiClient.join(new DatasetMembership(client).add(APP, rows));
    }

    private static List<Map<String, Object>> existing(String... ids) {
        List<Map<String, Object>> rows = rows(ids);
        for (Map<String, Object> row : rows) {
            row.put(InputColumns.STATUS, "PROCESSED");
            row.put(InputColumns.OUTCOME, "EXISTING");
            row.put(InputColumns.DATASET_ID, "pets");
        }
        return rows;
    }
}
