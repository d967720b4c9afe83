package com.clarifai.databricks.sandbox.clarifai;

import static org.awaitility.Awaitility.await;

import com.clarifai.credentials.ClarifaiCallCredentials;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.GetInputRequest;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A plaintext client of the stand-in, as an application would build it. */
final class ClarifaiClient implements AutoCloseable {

    static final UserAppIDSet DEMO =
            UserAppIDSet.newBuilder().setUserId("me").setAppId("demo").build();

    private final ManagedChannel channel;
    private final V2Grpc.V2BlockingStub stub;

    ClarifaiClient(ClarifaiServer server, String pat) {
        this(server, pat, URI.create(server.baseUrl()).getAuthority());
    }

    /** @param authority as what the server is addressed */
    ClarifaiClient(ClarifaiServer server, String pat, String authority) {
        URI address = URI.create(server.baseUrl());
        channel = NettyChannelBuilder.forAddress(address.getHost(), address.getPort())
                .overrideAuthority(authority)
                .usePlaintext()
                .maxInboundMessageSize(128 << 20)
                .build();
        stub = V2Grpc.newBlockingStub(channel).withCallCredentials(new ClarifaiCallCredentials(pat));
    }

    V2Grpc.V2BlockingStub api() {
        return stub;
    }

    V2Grpc.V2BlockingStub anonymous() {
        return V2Grpc.newBlockingStub(channel);
    }

    MultiInputResponse post(Input... inputs) {
        return api().postInputs(PostInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addAllInputs(List.of(inputs))
                .build());
    }

    void createDataset(String id) {
        api().postDatasets(PostDatasetsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addDatasets(Dataset.newBuilder().setId(id))
                .build());
    }

    Input get(String id) {
        return api().getInput(GetInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setInputId(id)
                        .build())
                .getInput();
    }

    MultiInputResponse list(int page, int perPage) {
        return api().listInputs(ListInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .setPage(page)
                .setPerPage(perPage)
                .build());
    }

    Input awaitFinal(String id) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(id), ClarifaiClient::isFinal);
    }

    private static boolean isFinal(Input input) {
        StatusCode code = input.getStatus().getCode();
        return code != StatusCode.ZERO
                && code != StatusCode.INPUT_DOWNLOAD_PENDING
                && code != StatusCode.INPUT_DOWNLOAD_IN_PROGRESS;
    }

    static Input.Builder image(String id, byte[] bytes) {
        return Input.newBuilder()
                .setId(id)
                .setData(Data.newBuilder().setImage(Image.newBuilder().setBase64(ByteString.copyFrom(bytes))));
    }

    static Input.Builder image(String id) {
        return image(id, Pictures.jpeg(8, 6));
    }

    static Input.Builder url(String id, String url) {
        return Input.newBuilder()
                .setId(id)
                .setData(Data.newBuilder().setImage(Image.newBuilder().setUrl(url)));
    }

    static Concept concept(String id, float value) {
        return Concept.newBuilder().setId(id).setValue(value).build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
