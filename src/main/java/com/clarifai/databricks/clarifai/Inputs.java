package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.SingleInputsAddJobResponse;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.Status;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The inputs of an app. */
public final class Inputs {

    /** Most items of one request, for posts, patches, reads by id and deletions alike. */
    public static final int REQUEST_LIMIT = 128;

    /** Most items of one page of a list. */
    static final int PAGE_LIMIT = 1000;

    private final ClarifaiCalls calls;

    Inputs(ClarifaiCalls calls) {
        this.calls = calls;
    }

    /** All inputs of the app in the order of their ids, by cursor: the one listing that writers do not disturb. */
    public CompletableFuture<Pages<Input>> stream(AppRef app, int pageSize) {
        return Pages.open(new StreamedPages<>(last -> stream(app, last, pageSize), pageSize));
    }

    private CompletableFuture<List<Input>> stream(AppRef app, Input last, int pageSize) {
        StreamInputsRequest.Builder request = StreamInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setPerPage(pageSize)
                .setOrderById(true);
        if (last != null) {
            request.setLastId(last.getId());
        }
        return stream(request);
    }

    /** The inputs that were added to the app after that one, oldest first, as many as a page of a list has. */
    CompletableFuture<List<Input>> addedAfter(AppRef app, String id) {
        return stream(StreamInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setPerPage(PAGE_LIMIT)
                .setLastId(id));
    }

    private CompletableFuture<List<Input>> stream(StreamInputsRequest.Builder request) {
        StreamInputsRequest built = request.build();
        return inputs(Call.of("StreamInputs", built, V2FutureStub::streamInputs, MultiInputResponse::getStatus));
    }

    /** All inputs of the app, newest first, by page number. */
    public CompletableFuture<Pages<Input>> list(AppRef app, int pageSize) {
        return NumberedPages.open(
                (number, size) -> {
                    ListInputsRequest request = ListInputsRequest.newBuilder()
                            .setUserAppId(app.toProto())
                            .setPage(number)
                            .setPerPage(size)
                            .build();
                    return inputs(
                            Call.of("ListInputs", request, V2FutureStub::listInputs, MultiInputResponse::getStatus));
                },
                Input::getId,
                pageSize);
    }

    /**
     * Those of at most {@value #REQUEST_LIMIT} inputs that exist, in any order. How Clarifai answers when none of them
     * does is documented nowhere: that they are missing, or that all failed, is an empty list, too.
     */
    public CompletableFuture<List<Input>> get(AppRef app, Collection<String> ids) {
        ListInputsRequest request = ListInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addAllIds(ids)
                .setPage(1)
                .setPerPage(ids.size())
                .build();
        return inputs(Call.of("ListInputs", request, V2FutureStub::listInputs, MultiInputResponse::getStatus)
                .accepting(answer -> answer.getInputsCount() > 0 || isNoneOfThem(answer.getStatus())));
    }

    private static boolean isNoneOfThem(Status status) {
        return switch (status.getCode()) {
            case MIXED_STATUS, FAILURE -> true;
            default -> ClarifaiFailures.kind(status.getCode()) == Kind.NOT_FOUND;
        };
    }

    /**
     * Adds at most {@value #REQUEST_LIMIT} inputs. Succeeds when every input has a status of its own, even where that is a failure.
     *
     * @param jobId id of the inputs-add job to count them in; null for a job of their own
     */
    public CompletableFuture<ItemStatuses> post(AppRef app, List<Input> inputs, String jobId) {
        PostInputsRequest.Builder request =
                PostInputsRequest.newBuilder().setUserAppId(app.toProto()).addAllInputs(inputs);
        if (jobId != null) {
            request.setInputsAddJobId(jobId);
        }
        PostInputsRequest built = request.build();
        return items(Call.of("PostInputs", built, V2FutureStub::postInputs, MultiInputResponse::getStatus), inputs);
    }

    /**
     * Changes concepts, metadata and geo of at most {@value #REQUEST_LIMIT} inputs; what a patch does not name stays.
     * Succeeds when every input has a status of its own, even where that is a failure.
     *
     * @param action {@code merge} or {@code overwrite}, see
     *     <a href="https://docs.clarifai.com/api-guide/advanced-topics/patching">Patching</a>
     */
    public CompletableFuture<ItemStatuses> patch(AppRef app, List<Input> patches, String action) {
        PatchInputsRequest request = PatchInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addAllInputs(patches)
                .setAction(action)
                .build();
        return items(
                Call.of("PatchInputs", request, V2FutureStub::patchInputs, MultiInputResponse::getStatus), patches);
    }

    private CompletableFuture<ItemStatuses> items(Call<MultiInputResponse> call, List<Input> inputs) {
        return calls.sendItems(call, inputs.size(), answer -> answer.getInputsList().stream()
                .map(Input::getStatus)
                .toList());
    }

    /** Starts the deletion of at most {@value #REQUEST_LIMIT} inputs; they vanish some time later. */
    public CompletableFuture<Void> delete(AppRef app, Collection<String> ids) {
        DeleteInputsRequest request = DeleteInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addAllIds(ids)
                .build();
        return calls.send(Call.of("DeleteInputs", request, V2FutureStub::deleteInputs, BaseResponse::getStatus))
                .thenAccept(answer -> {});
    }

    public CompletableFuture<InputsAddJob> job(AppRef app, String jobId) {
        GetInputsAddJobRequest request = GetInputsAddJobRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setId(jobId)
                .build();
        return calls.send(Call.of(
                        "GetInputsAddJob",
                        request,
                        V2FutureStub::getInputsAddJob,
                        SingleInputsAddJobResponse::getStatus))
                .thenApply(SingleInputsAddJobResponse::getInputsAddJob);
    }

    private CompletableFuture<List<Input>> inputs(Call<MultiInputResponse> call) {
        return calls.send(call).thenApply(MultiInputResponse::getInputsList);
    }
}
