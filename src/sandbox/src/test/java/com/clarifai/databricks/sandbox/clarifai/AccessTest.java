package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.GetInputRequest;
import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.ListModelsRequest;
import com.clarifai.grpc.api.MyScopesRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest extends ClarifaiTest {

    private static final GetUserRequest ME = GetUserRequest.newBuilder()
            .setUserAppId(UserAppIDSet.newBuilder().setUserId("me"))
            .build();

    @Test
    void theOwnerOfTheTokenIsLetIn() {
        assertThat(client.api().getUser(ME).getUser().getId()).isEqualTo("sandbox");
        assertThat(client.api()
                        .myScopes(
                                MyScopesRequest.newBuilder().setUserAppId(DEMO).build())
                        .getScopesList())
                .containsExactly("All");
    }

    @Test
    void aWrongKeyIsAnsweredInTheBody() {
        try (ClarifaiClient stranger = new ClarifaiClient(server, "wrong")) {
            Status status = stranger.api().getUser(ME).getStatus();
            assertThat(status.getCode()).isEqualTo(StatusCode.CONN_KEY_NOT_FOUND);
            assertThat(status.getReqId()).isNotEmpty();
        }
        assertThat(client.anonymous().getUser(ME).getStatus().getCode()).isEqualTo(StatusCode.CONN_KEY_INVALID);
    }

    @Test
    void whatDoesNotExistIsAnsweredWithTheDocumentedCode() {
        UserAppIDSet otherApp =
                UserAppIDSet.newBuilder().setUserId("me").setAppId("none").build();
        UserAppIDSet otherUser =
                UserAppIDSet.newBuilder().setUserId("none").setAppId("demo").build();

        assertThat(client.api()
                        .getApp(GetAppRequest.newBuilder()
                                .setUserAppId(otherApp)
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .listInputs(ListInputsRequest.newBuilder()
                                .setUserAppId(otherApp)
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .listInputs(ListInputsRequest.newBuilder()
                                .setUserAppId(otherUser)
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .getDataset(GetDatasetRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("none")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("none")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .getInput(GetInputRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setInputId("none")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
    }

    @Test
    void otherCallsAreUnimplemented() {
        assertThatThrownBy(() -> client.api()
                        .listModels(ListModelsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED));
    }

    @Test
    void requestsBeyondTheRateLimitAreThrottled() {
        server.setRateLimit(3);

        assertThat(IntStream.range(0, 5).mapToObj(i -> client.api().getUser(ME).getStatus()))
                .extracting(Status::getCode, Status::getDetails)
                .contains(tuple(StatusCode.CONN_THROTTLED, "exceeded limit of 3 requests per second"));
        server.setRateLimit(0);
        assertThat(client.api().getUser(ME).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
    }

    @Test
    void latencyIsAddedToEachCall() {
        server.setLatency(Duration.ofMillis(200));
        long start = System.nanoTime();
        client.api().getUser(ME);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @CsvSource({
        "grpc:UNAVAILABLE,UNAVAILABLE",
        "grpc:RESOURCE_EXHAUSTED,RESOURCE_EXHAUSTED",
        "503,UNAVAILABLE",
        "reset,UNAVAILABLE"
    })
    void plannedTransportFaultsKeepTheCallFromTakingEffect(String action, io.grpc.Status.Code code) {
        traffic.plan(Fault.parse("clarifai:PostInputs=" + action + ",times=1"));

        assertThatThrownBy(() -> client.post(image("a").build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
        assertThat(client.list(1, 10).getInputsList()).isEmpty();
        assertThat(client.post(image("a").build()).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(traffic.counts()).containsEntry("clarifai:PostInputs", 2L);
    }

    @Test
    void aLostAnswerStillTakesEffect() {
        traffic.plan(Fault.parse("clarifai:PostInputs=lost,times=1"));

        assertThatThrownBy(() -> client.post(image("a").build())).isInstanceOf(StatusRuntimeException.class);
        assertThat(client.list(1, 10).getInputsList()).hasSize(1);
    }

    @Test
    void aPlannedCodeStandsInTheBody() {
        traffic.plan(Fault.parse("clarifai:ListInputs=code:11005,times=1"));

        assertThat(client.list(1, 10).getStatus().getCode()).isEqualTo(StatusCode.CONN_THROTTLED);
        assertThat(client.list(1, 10).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
    }
}
