package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InputDeletionTest extends ClarifaiFixture {

    @Test
    void deletes_at_most_128_inputs_in_a_request_and_asks_nothing_for_none() {
        List<String> ids = IntStream.range(0, 130).mapToObj(i -> "input-" + i).toList();
        ids.forEach(id -> clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS));

        delete(ids);
        delete(List.of());

        assertThat(clarifai.inputIds()).isEmpty();
        assertThat(clarifai.requests(DeleteInputsRequest.class))
                .extracting(DeleteInputsRequest::getIdsCount)
                .containsExactly(128, 2);
    }

    @Test
    void deletes_the_others_when_some_are_gone_already() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("b", StatusCode.INPUT_DOWNLOAD_SUCCESS);

        delete(List.of("a", "gone", "b"));
        delete(List.of("gone"));

        assertThat(clarifai.inputIds()).isEmpty();
    }

    @Test
    void fails_when_it_is_not_the_inputs_that_are_missing() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.refuseNext("DeleteInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "No such app"));

        assertThatThrownBy(() -> delete(List.of("a")))
                .isInstanceOf(ClarifaiException.class)
                .hasMessageContaining("No such app");
    }

    private void delete(List<String> ids) {
        ClarifaiClient.join(new InputDeletion(client).delete(APP, ids));
    }
}
