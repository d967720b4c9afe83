package com.clarifai.databricks.it;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.V2Grpc.V2BlockingStub;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** An app of its own for one test, read through the plain gRPC stubs: what the server really holds. */
final class ClarifaiApp {

    private static final int PAGE = 500;

    private final String id;
    private final V2BlockingStub stub;
    private final UserAppIDSet names;

    private ClarifaiApp(String id, V2BlockingStub stub, UserAppIDSet names) {
        this.id = id;
        this.stub = stub;
        this.names = names;
    }

    static ClarifaiApp create(Sandbox sandbox, String id) {
        URI url = URI.create(sandbox.setting("clarifai.base-url"));
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Key " + sandbox.setting("clarifai.pat"));
        V2BlockingStub stub = V2Grpc.newBlockingStub(ManagedChannelBuilder.forAddress(url.getHost(), url.getPort())
                        .usePlaintext()
                        .maxInboundMessageSize(128 << 20)
                        .build())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key));
        UserAppIDSet user = UserAppIDSet.newBuilder()
                .setUserId(sandbox.setting("clarifai.user-id"))
                .build();
        check(stub.postApps(PostAppsRequest.newBuilder()
                        .setUserAppId(user)
                        .addApps(App.newBuilder().setId(id))
                        .build())
                .getStatus());
        return new ClarifaiApp(id, stub, user.toBuilder().setAppId(id).build());
    }

    String id() {
        return id;
    }

    List<String> datasets() {
        return stub
                .listDatasets(ListDatasetsRequest.newBuilder()
                        .setUserAppId(names)
                        .setPage(1)
                        .setPerPage(PAGE)
                        .build())
                .getDatasetsList()
                .stream()
                .map(dataset -> dataset.getId())
                .toList();
    }

    /** Every input of a dataset. */
    List<Input> datasetInputs(String dataset) {
        List<Input> inputs = new ArrayList<>();
        for (int page = 1; ; page++) {
            var response = stub.listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                    .setUserAppId(names)
                    .setDatasetId(dataset)
                    .setPage(page)
                    .setPerPage(PAGE)
                    .build());
            check(response.getStatus());
            response.getDatasetInputsList().stream().map(DatasetInput::getInput).forEach(inputs::add);
            if (response.getDatasetInputsCount() < PAGE) {
                return inputs;
            }
        }
    }

    /** Every input of the app, in whatever dataset and state. */
    List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (int page = 1; ; page++) {
            var response = stub.listInputs(ListInputsRequest.newBuilder()
                    .setUserAppId(names)
                    .setPage(page)
                    .setPerPage(PAGE)
                    .build());
            check(response.getStatus());
            inputs.addAll(response.getInputsList());
            if (response.getInputsCount() < PAGE) {
                return inputs;
            }
        }
    }

    /** The annotations of an input, but for the one at input level that each has. */
    List<Annotation> annotations(String inputId) {
        var response = stub.listAnnotations(ListAnnotationsRequest.newBuilder()
                .setUserAppId(names)
                .addInputIds(inputId)
                .setPage(1)
                .setPerPage(PAGE)
                .build());
        check(response.getStatus());
        return response.getAnnotationsList().stream()
                .filter(annotation -> !annotation.getInputLevel())
                .toList();
    }

    /** Every annotation of the app that Clarifai lists when nothing else is asked for. */
    List<Annotation> annotations() {
        List<Annotation> annotations = new ArrayList<>();
        for (int page = 1; ; page++) {
            var response = stub.listAnnotations(ListAnnotationsRequest.newBuilder()
                    .setUserAppId(names)
                    .setPage(page)
                    .setPerPage(PAGE)
                    .build());
            check(response.getStatus());
            annotations.addAll(response.getAnnotationsList());
            if (response.getAnnotationsCount() < PAGE) {
                return annotations;
            }
        }
    }

    /** Deletes an input and waits until it is gone. */
    void deleteInput(String inputId) {
        check(stub.deleteInput(DeleteInputRequest.newBuilder()
                        .setUserAppId(names)
                        .setInputId(inputId)
                        .build())
                .getStatus());
        Awaitility.await()
                .until(() -> inputs().stream().noneMatch(input -> input.getId().equals(inputId)));
    }

    private static void check(Status status) {
        if (status.getCode() != StatusCode.SUCCESS) {
            throw new IllegalStateException(status.toString());
        }
    }
}
