package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.GetInputCountRequest;
import com.clarifai.grpc.api.GetInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListAndDeleteInputsTest extends ClarifaiTest {

    private void postFive() {
        client.createDataset("train");
        for (String id : List.of("c", "a", "e", "b", "d")) {
            client.post(image(id).addDatasetIds("train").build());
        }
    }

    @Test
    void inputsAreListedNewestFirstPageByPage() {
        postFive();

        assertThat(client.list(1, 2).getInputsList()).extracting(Input::getId).containsExactly("d", "b");
        assertThat(client.list(3, 2).getInputsList()).extracting(Input::getId).containsExactly("c");
        assertThat(client.list(9, 2).getInputsList()).isEmpty();
        assertThat(client.list(9, 2).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(client.list(0, 0).getInputsList()).hasSize(5);
    }

    @Test
    void aPageLargerThanAllowedIsRefused() {
        assertThat(client.list(1, 1001).getStatus().getCode()).isEqualTo(StatusCode.CONN_INVALID_REQUEST);
    }

    @Test
    void inputsAreListedByIdAndStatus() {
        client.post(
                image("good").build(),
                image("bad", new byte[] {1, 2, 3}).build(),
                image("other").build());
        List.of("good", "bad", "other").forEach(client::awaitFinal);

        ListInputsRequest byId = ListInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addIds("good")
                .addIds("bad")
                .addIds("absent")
                .build();
        Status success =
                Status.newBuilder().setCode(StatusCode.INPUT_DOWNLOAD_SUCCESS).build();
        assertThat(client.api().listInputs(byId).getInputsList())
                .extracting(Input::getId)
                .containsExactly("bad", "good");
        assertThat(client.api()
                        .listInputs(byId.toBuilder().setStatus(success).build())
                        .getInputsList())
                .extracting(Input::getId)
                .containsExactly("good");
        assertThat(client.api()
                        .listInputs(
                                byId.toBuilder().clearIds().setStatus(success).build())
                        .getInputsList())
                .extracting(Input::getId)
                .containsExactly("other", "good");
        assertThat(client.api()
                        .getInputCount(GetInputCountRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .build())
                        .getCounts())
                .satisfies(counts -> {
                    assertThat(counts.getProcessed()).isEqualTo(2);
                    assertThat(counts.getErrors()).isEqualTo(1);
                    assertThat(counts.getToProcess() + counts.getProcessing()).isZero();
                });
    }

    @Test
    void aCursorGoesThroughAllInputsInEachOrder() {
        postFive();

        assertThat(stream(false, false)).containsExactly("c", "a", "e", "b", "d");
        assertThat(stream(false, true)).containsExactly("d", "b", "e", "a", "c");
        assertThat(stream(true, false)).containsExactly("a", "b", "c", "d", "e");
        assertThat(stream(true, true)).containsExactly("e", "d", "c", "b", "a");
    }

    private List<String> stream(boolean byId, boolean descending) {
        List<String> all = new ArrayList<>();
        String last = "";
        List<Input> page;
        do {
            page = client.api()
                    .streamInputs(StreamInputsRequest.newBuilder()
                            .setUserAppId(DEMO)
                            .setPerPage(2)
                            .setLastId(last)
                            .setOrderById(byId)
                            .setDescending(descending)
                            .build())
                    .getInputsList();
            page.forEach(input -> all.add(input.getId()));
            last = all.isEmpty() ? "" : all.get(all.size() - 1);
        } while (!page.isEmpty());
        return all;
    }

    @Test
    void deletionTakesEffectLaterAndLeavesNothingBehind() throws IOException {
        postFive();
        client.awaitFinal("a");
        client.awaitFinal("b");

        assertThat(client.api()
                        .deleteInputs(DeleteInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .addIds("a")
                                .addIds("absent")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.SUCCESS);
        client.api()
                .deleteInput(DeleteInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setInputId("b")
                        .build());
        await().until(() ->
                status("a") == StatusCode.CONN_DOES_NOT_EXIST && status("b") == StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.list(1, 10).getInputsList()).extracting(Input::getId).containsExactly("d", "e", "c");
        assertThat(client.api()
                        .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("train")
                                .build())
                        .getDatasetInputsList())
                .hasSize(3);
        assertThat(client.api()
                        .listAnnotations(ListAnnotationsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .build())
                        .getAnnotationsList())
                .hasSize(3);
        try (Stream<Path> files = Files.walk(dataDir.resolve("images"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
        assertThat(client.post(image("a").build()).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
    }

    private StatusCode status(String id) {
        return client.api()
                .getInput(GetInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setInputId(id)
                        .build())
                .getStatus()
                .getCode();
    }

    @Test
    void deletingOnlyUnknownInputsIsAnErrorAndDeletingNoneIsNot() {
        DeleteInputsRequest none =
                DeleteInputsRequest.newBuilder().setUserAppId(DEMO).build();

        assertThat(client.api().deleteInputs(none).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(client.api()
                        .deleteInputs(none.toBuilder().addIds("absent").build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
    }
}
