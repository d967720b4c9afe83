package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.SingleDatasetInputResponse;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.Collection;
import java.util.List;
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
                (number, size) -> page(app, datasetId, number, size),
                member -> member.getInput().getId(),
                pageSize);
    }

    /** One page of that list, as it comes; the first has the number 1. */
    CompletableFuture<List<DatasetInput>> page(AppRef app, String datasetId, int number, int size) {
        ListDatasetInputsRequest request = ListDatasetInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setDatasetId(datasetId)
                .setPage(number)
                .setPerPage(size)
                .build();
        return calls.send(Call.of(
                        "ListDatasetInputs",
                        request,
                        V2FutureStub::listDatasetInputs,
                        MultiDatasetInputResponse::getStatus))
                .thenApply(MultiDatasetInputResponse::getDatasetInputsList);
    }

    /** Whether the input is a member of the dataset. */
    public CompletableFuture<Boolean> contains(AppRef app, String datasetId, String inputId) {
        GetDatasetInputRequest request = GetDatasetInputRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setDatasetId(datasetId)
                .setInputId(inputId)
                .build();
        return calls.send(Call.of(
                        "GetDatasetInput",
                        request,
                        V2FutureStub::getDatasetInput,
                        SingleDatasetInputResponse::getStatus))
                .thenApply(found -> true)
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(failure));
    }

    /**
     * Adds at most {@value Inputs#REQUEST_LIMIT} inputs. Succeeds also when only some were added: then the items of the
     * answer, in the order of the ids, may have a status each, or say nothing of them.
     */
    public CompletableFuture<MultiDatasetInputResponse> post(
            AppRef app, String datasetId, Collection<String> inputIds) {
        PostDatasetInputsRequest.Builder request = PostDatasetInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setDatasetId(datasetId);
        inputIds.forEach(id -> request.addDatasetInputs(
                DatasetInput.newBuilder().setInput(Input.newBuilder().setId(id))));
        PostDatasetInputsRequest built = request.build();
        return calls.send(Call.of(
                        "PostDatasetInputs",
                        built,
                        V2FutureStub::postDatasetInputs,
                        MultiDatasetInputResponse::getStatus)
                .accepting(answer -> isMixed(answer.getStatus()) || hasStatusForEach(answer, inputIds.size())));
    }

    private static boolean isMixed(Status status) {
        return status.getCode() == StatusCode.MIXED_STATUS || status.getCode() == StatusCode.FAILURE;
    }

    private static boolean hasStatusForEach(MultiDatasetInputResponse answer, int count) {
        return ClarifaiFailures.recovery(answer.getStatus().getCode()) == Recovery.NONE
                && answer.getDatasetInputsCount() == count
                && answer.getDatasetInputsList().stream()
                        .allMatch(member -> member.getInput().hasStatus());
    }
}
