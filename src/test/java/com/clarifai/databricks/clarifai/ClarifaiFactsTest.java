package com.clarifai.databricks.clarifai;

import static com.clarifai.databricks.clarifai.ClarifaiClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever Clarifai answers, it is told and is no failure. */
@Timeout(60)
class ClarifaiFactsTest extends ClarifaiFixture {

    private static final byte[] PICTURE = {1, 2, 3};

    @Test
    void unknown_ids_are_an_empty_list() {
        assertThat(join(client.facts().unknownIds(APP)))
                .isEqualTo("ListInputs of two ids that do not exist: 10000 SUCCESS, 0 inputs");
    }

    @Test
    void unknown_ids_are_an_error() {
        clarifai.refuseNext(
                "ListInputs", FakeClarifai.status(StatusCode.CONN_DOES_NOT_EXIST, "Resource does not exist"));

        assertThat(join(client.facts().unknownIds(APP))).endsWith(": 11101 CONN_DOES_NOT_EXIST, 0 inputs");
    }

    @Test
    void an_answer_that_says_to_try_again_is_no_fact() {
        clarifai.refuseNext("ListInputs", FakeClarifai.status(StatusCode.CONN_THROTTLED, "too many"));

        assertThat(join(client.facts().unknownIds(APP))).endsWith(": 10000 SUCCESS, 0 inputs");
    }

    @Test
    void a_patch_is_answered_with_a_code_of_its_own() {
        clarifai.addInput("pending", StatusCode.INPUT_DOWNLOAD_PENDING);
        clarifai.addInput("done", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets", "pending", "done");
        clarifai.refuseNext(
                "PatchInputs",
                FakeClarifai.status(StatusCode.INPUT_MODIFY_SUCCESS, "Input image modification success"));

        assertThat(join(client.facts().patchCodes(APP, "pets")))
                .contains("merge of one concept: 30200 INPUT_MODIFY_SUCCESS")
                .endsWith("in the 3 seconds after: 30000 INPUT_DOWNLOAD_SUCCESS");
    }

    @Test
    void nothing_is_patched_where_nothing_is_processed() {
        clarifai.addDataset("pets");

        assertThat(join(client.facts().patchCodes(APP, "pets"))).isEqualTo("there is no processed input to patch");
        assertThat(clarifai.count("PatchInputs")).isZero();
    }

    @Test
    void each_doubtful_character_is_tried_in_an_id_and_what_is_taken_is_in_the_dataset() {
        clarifai.addDataset("pets");

        String fact = join(client.facts().inputIds(APP, "pets", PICTURE));

        assertThat(fact).contains("'.' 30001", "'/' 30001", "'é' 30001", "49 characters 30001", "upper case 30001");
        assertThat(clarifai.requests(PostInputsRequest.class).get(0).getInputsList())
                .hasSize(11)
                .allSatisfy(input -> assertThat(input.getDatasetIdsList()).containsExactly("pets"));
    }

    @Test
    void jobs_are_tried_with_ids_of_three_kinds() {
        clarifai.addDataset("pets");

        assertThat(join(client.facts().jobIds(APP, "pets", PICTURE)))
                .contains("32 hexadecimal digits 10000 SUCCESS, item 30001", "with hyphens 10000", "with a dot 10000");
    }

    @Test
    void a_request_that_is_too_large_for_the_connection_is_told_as_such() {
        clarifai.addDataset("pets");
        clarifai.breakNext(
                "PostInputs", io.grpc.Status.RESOURCE_EXHAUSTED.withDescription("Received message larger than max"));

        assertThat(join(client.facts().requestSize(APP, "pets", PICTURE)))
                .startsWith("PostInputs of 3 bytes: PostInputs failed: RESOURCE_EXHAUSTED");
    }

    @Test
    void ties_and_the_order_of_a_listing_are_told() {
        clarifai.addDataset("pets");

        assertThat(join(client.facts().listingOrder(APP, "pets", PICTURE)))
                .isEqualTo(
                        "ListDatasetInputs of 8 members: newest first; 8 inputs of one request have 1 different times;"
                                + " read twice in pages of 3: the same order, 0 missing");
        assertThat(clarifai.requests(DeleteInputsRequest.class)).isEmpty();
        assertThat(clarifai.requests(PostInputsRequest.class)).singleElement().satisfies(request -> assertThat(
                        request.getInputsList())
                .extracting(Input::getId)
                .doesNotHaveDuplicates());
    }
}
