package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputIDConflictResolution;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostInputsTest extends ClarifaiTest {

    @Test
    void inputsArePendingFirstAndThenProcessed() {
        server.setProcessingDelay(Duration.ofSeconds(1));
        MultiInputResponse answer = client.post(image("a").build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(answer.getStatus().getReqId()).isNotEmpty();
        assertThat(answer.getInputs(0).getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_PENDING);
        assertThat(answer.getInputs(0).getData().getImage().getBase64()).isEqualTo(ByteString.EMPTY);
        Input done = client.awaitFinal("a");
        assertThat(done.getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        assertThat(done.getData().getImage().getImageInfo().getWidth()).isEqualTo(8);
        assertThat(done.getData().getImage().getImageInfo().getHeight()).isEqualTo(6);
        assertThat(done.getData().getImage().getImageInfo().getFormat()).isEqualTo("JPEG");
        assertThat(done.getData().getImage().getHosted().getSizesList()).contains("orig");
        assertThat(done.getData().getImage().getUrl())
                .isEqualTo(server.dataBaseUrl() + "/orig/"
                        + done.getData().getImage().getHosted().getSuffix());
    }

    @ParameterizedTest
    @CsvSource({"jpeg,JPEG", "png,PNG", "gif,GIF", "bmp,BMP", "tiff,TIFF"})
    void allDocumentedFormatsAreRecognised(String format, String name) {
        client.post(image("a", Pictures.encode(format, 31, 17)).build());

        Input done = client.awaitFinal("a");
        assertThat(done.getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        assertThat(done.getData().getImage().getImageInfo().getFormat()).isEqualTo(name);
        assertThat(done.getData().getImage().getImageInfo().getWidth()).isEqualTo(31);
        assertThat(done.getData().getImage().getImageInfo().getHeight()).isEqualTo(17);
    }

    @Test
    void webpIsRecognised() {
        client.post(image("a", Pictures.WEBP).build());

        assertThat(client.awaitFinal("a").getData().getImage().getImageInfo().getFormat())
                .isEqualTo("WEBP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
    void truncatedImagesFail(String format) {
        byte[] whole = Pictures.encode(format, 64, 64);
        client.post(image("a", Arrays.copyOf(whole, whole.length * 2 / 3)).build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_FAILED);
    }

    @Test
    void bytesThatAreNoImageFailLater() {
        MultiInputResponse answer =
                client.post(image("a", "this is a text".getBytes()).build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_FAILED);
    }

    @Test
    void aDamagedPngFails() {
        byte[] png = Pictures.encode("png", 64, 64);
        png[png.length / 2] ^= 0x55;
        client.post(image("a", png).build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_FAILED);
    }

    @Test
    void duplicateIdsAreRefusedOneByOneInTheOrderOfTheRequest() {
        client.post(image("a").build());

        MultiInputResponse mixed =
                client.post(image("b").build(), image("a").build(), image("b").build());
        assertThat(mixed.getStatus().getCode()).isEqualTo(StatusCode.MIXED_STATUS);
        assertThat(mixed.getInputsList())
                .extracting(input -> input.getStatus().getCode())
                .containsExactly(
                        StatusCode.INPUT_DOWNLOAD_PENDING,
                        StatusCode.INPUT_INVALID_ARGUMENT,
                        StatusCode.INPUT_INVALID_ARGUMENT);
        assertThat(mixed.getInputs(1).getStatus().getDetails()).isEqualTo("Input has a duplicate ID.");

        MultiInputResponse none = client.post(image("a").build(), image("b").build());
        assertThat(none.getStatus().getCode()).isEqualTo(StatusCode.INPUT_INVALID_ARGUMENT);
    }

    @Test
    void duplicateIdsGetASuffixWhenAskedFor() {
        client.post(image("a").build());

        MultiInputResponse answer = client.api()
                .postInputs(PostInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addInputs(image("a"))
                        .setInputIdConflictResolution(InputIDConflictResolution.SUFFIX)
                        .build());
        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(answer.getInputs(0).getId()).isEqualTo("a-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "dot.jpg", "ünï", "a/b", "0123456789012345678901234567890123456789012345678"})
    void malformedIdsAreRefused(String id) {
        MultiInputResponse answer = client.post(image(id).build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.INPUT_INVALID_REQUEST);
        assertThat(client.list(1, 10).getInputsList()).isEmpty();
    }

    @Test
    void anInputWithoutIdGetsOne() {
        assertThat(client.post(image("").build()).getInputs(0).getId()).matches("[0-9a-f]{32}");
    }

    @Test
    void moreInputsThanAllowedAreRefusedAsAWhole() {
        Input[] inputs =
                IntStream.range(0, 129).mapToObj(i -> image("i" + i).build()).toArray(Input[]::new);

        assertThat(client.post(inputs).getStatus().getCode()).isEqualTo(StatusCode.CONN_INVALID_REQUEST);
        assertThat(client.list(1, 10).getInputsList()).isEmpty();
        assertThat(client.post(Arrays.copyOf(inputs, 128)).getStatus().getCode())
                .isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void anImageOfMoreThan20MegabytesIsOverTheLimit() {
        MultiInputResponse answer = client.post(image("a", new byte[20_000_001]).build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.INPUT_OVER_LIMIT);
    }

    @Test
    void aRequestBeyondTheSizeLimitIsRefusedByTheTransport() {
        byte[] large = new byte[19_000_000];
        Input[] inputs = IntStream.range(0, 8)
                .mapToObj(i -> image("i" + i, large).build())
                .toArray(Input[]::new);

        assertThatThrownBy(() -> client.post(inputs))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                                e.getStatus().getCode())
                        .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED));
    }

    @Test
    void aConceptThatStandsTwiceIsRefused() {
        Input.Builder input = image("a");
        input.getDataBuilder().addConcepts(concept("cat", 1)).addConcepts(concept("cat", 0));

        assertThat(client.post(input.build()).getStatus().getCode()).isEqualTo(StatusCode.CONCEPTS_INVALID_REQUEST);
    }

    @Test
    void anInputWithoutDataIsRefused() {
        assertThat(client.post(Input.newBuilder().setId("a").build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.INPUT_INVALID_ARGUMENT);
    }

    @Test
    void inputsEnterTheirDatasets() {
        client.createDataset("train");
        client.post(image("a").addDatasetIds("train").build());

        assertThat(client.api()
                        .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("train")
                                .build())
                        .getDatasetInputsList())
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.getInput().getId()).isEqualTo("a");
                    assertThat(member.getCreatedAt().getSeconds()).isPositive();
                });
        assertThat(client.get("a").getDatasetIdsList()).isEmpty();
    }

    @Test
    void anUnknownDatasetIsAnError() {
        MultiInputResponse answer =
                client.post(image("a").addDatasetIds("nowhere").build());

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.list(1, 10).getInputsList()).isEmpty();
    }
}
