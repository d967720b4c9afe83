package com.clarifai.databricks.it;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteAnnotationsRequest;
import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.V2Grpc.V2BlockingStub;
import com.clarifai.grpc.api.Video;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** An app of its own for one test, read through the plain gRPC stubs: what the server really holds. */
public final class ClarifaiApp {

    private static final int PAGE = 500;
    /** One for each sandbox, as long as the tests run. */
    private static final Map<String, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

    private final String id;
    private final V2BlockingStub stub;
    private final UserAppIDSet names;

    private ClarifaiApp(String id, V2BlockingStub stub, UserAppIDSet names) {
        this.id = id;
        this.stub = stub;
        this.names = names;
    }

    public static ClarifaiApp create(Sandbox sandbox, String id) {
        Metadata key = new Metadata();
        key.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Key " + sandbox.setting("clarifai.pat"));
        V2BlockingStub stub = V2Grpc.newBlockingStub(
                        CHANNELS.computeIfAbsent(sandbox.setting("clarifai.base-url"), ClarifaiApp::channel))
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

    private static ManagedChannel channel(String baseUrl) {
        URI url = URI.create(baseUrl);
        return ManagedChannelBuilder.forAddress(url.getHost(), url.getPort())
                .usePlaintext()
                .maxInboundMessageSize(128 << 20)
                .build();
    }

    public String id() {
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
    public List<Input> datasetInputs(String dataset) {
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
    public List<Input> inputs() {
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
    public List<Annotation> annotations() {
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

    /** Gives inputs another concept, and metadata, instead of what they have. */
    public void relabel(List<String> inputIds, String concept) {
        PatchInputsRequest.Builder request =
                PatchInputsRequest.newBuilder().setUserAppId(names).setAction("overwrite");
        inputIds.forEach(id -> request.addInputs(Input.newBuilder()
                .setId(id)
                .setData(Data.newBuilder()
                        .addConcepts(Concept.newBuilder()
                                .setId(concept)
                                .setName(concept)
                                .setValue(1f))
                        .setMetadata(Struct.newBuilder()
                                .putFields(
                                        "label",
                                        Value.newBuilder()
                                                .setStringValue(concept)
                                                .build())))));
        check(stub.patchInputs(request.build()).getStatus());
    }

    /** Makes an annotation say something else. */
    void editAnnotation(Annotation annotation, String concept) {
        check(stub.patchAnnotations(PatchAnnotationsRequest.newBuilder()
                        .setUserAppId(names)
                        .setAction("overwrite")
                        .addAnnotations(Annotation.newBuilder()
                                .setId(annotation.getId())
                                .setInputId(annotation.getInputId())
                                .setData(Data.newBuilder()
                                        .addConcepts(Concept.newBuilder()
                                                .setId(concept)
                                                .setValue(0f))))
                        .build())
                .getStatus());
    }

    void annotate(String inputId, Data data) {
        check(stub.postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(names)
                        .addAnnotations(
                                Annotation.newBuilder().setInputId(inputId).setData(data))
                        .build())
                .getStatus());
    }

    void deleteAnnotation(Annotation annotation) {
        check(stub.deleteAnnotations(DeleteAnnotationsRequest.newBuilder()
                        .setUserAppId(names)
                        .addIds(annotation.getId())
                        .addInputIds(annotation.getInputId())
                        .build())
                .getStatus());
    }

    void createDataset(String dataset) {
        check(stub.postDatasets(PostDatasetsRequest.newBuilder()
                        .setUserAppId(names)
                        .addDatasets(Dataset.newBuilder().setId(dataset))
                        .build())
                .getStatus());
    }

    /** Puts an input that the app has into another dataset, too. */
    void addToDataset(String inputId, String dataset) {
        check(stub.postDatasetInputs(PostDatasetInputsRequest.newBuilder()
                        .setUserAppId(names)
                        .setDatasetId(dataset)
                        .addDatasetInputs(DatasetInput.newBuilder()
                                .setInput(Input.newBuilder().setId(inputId)))
                        .build())
                .getStatus());
    }

    /** Posts an image by its URL into a dataset and waits until it is processed. */
    public void postInput(String inputId, String url, String dataset) {
        Image.Builder image = Image.newBuilder().setUrl(url).setAllowDuplicateUrl(true);
        post(inputId, Data.newBuilder().setImage(image), dataset);
    }

    /** The same of a video. */
    void postVideo(String inputId, String url, String dataset) {
        post(inputId, Data.newBuilder().setVideo(Video.newBuilder().setUrl(url)), dataset);
    }

    private void post(String inputId, Data.Builder data, String dataset) {
        check(stub.postInputs(PostInputsRequest.newBuilder()
                        .setUserAppId(names)
                        .addInputs(Input.newBuilder()
                                .setId(inputId)
                                .addDatasetIds(dataset)
                                .setData(data))
                        .build())
                .getStatus());
        Awaitility.await().until(() -> inputs().stream()
                .filter(input -> input.getId().equals(inputId))
                .anyMatch(input -> input.getStatus().getCode() == StatusCode.INPUT_DOWNLOAD_SUCCESS));
    }

    /** Deletes an input and waits until it is gone. */
    public void deleteInput(String inputId) {
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
