package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** The membership of inputs in a dataset. */
public final class DatasetInputs {

    private final ClarifaiCalls calls;

    DatasetInputs(ClarifaiCalls calls) {
        this.calls = calls;
    }

    /** All members, the latest first. */
    public CompletableFuture<Pages<DatasetInput>> list(AppRef app, String datasetId, int pageSize) {
        return NumberedPages.open(
                (number, size) -> {
                    ListDatasetInputsRequest request = ListDatasetInputsRequest.newBuilder()
                            .setUserAppId(app.toProto())
                            .setDatasetId(datasetId)
                            .setPage(number)
                            .setPerPage(size)
                            .build();
                    return calls.send(Call.read(
                                    "ListDatasetInputs",
                                    stub -> stub.listDatasetInputs(request),
                                    MultiDatasetInputResponse::getStatus))
                            .thenApply(MultiDatasetInputResponse::getDatasetInputsList);
                },
                member -> member.getInput().getId(),
                pageSize);
    }

    /**
     * Adds at most {@value Inputs#REQUEST_LIMIT} inputs. Unless the answer's own status is a success, each of its
     * items, in the order of the ids, has one.
     */
    public CompletableFuture<MultiDatasetInputResponse> post(
            AppRef app, String datasetId, Collection<String> inputIds) {
        PostDatasetInputsRequest.Builder request = PostDatasetInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setDatasetId(datasetId);
        inputIds.forEach(id -> request.addDatasetInputs(
                DatasetInput.newBuilder().setInput(Input.newBuilder().setId(id))));
        PostDatasetInputsRequest built = request.build();
        return calls.send(Call.write(
                        "PostDatasetInputs",
                        stub -> stub.postDatasetInputs(built),
                        MultiDatasetInputResponse::getStatus)
                .accepting(answer -> hasStatusForEach(answer, inputIds.size())));
    }

    private static boolean hasStatusForEach(MultiDatasetInputResponse answer, int count) {
        return Failures.recovery(answer.getStatus().getCode()) == Recovery.NONE
                && answer.getDatasetInputsCount() == count
                && answer.getDatasetInputsList().stream()
                        .allMatch(member -> member.getInput().hasStatus());
    }
}
