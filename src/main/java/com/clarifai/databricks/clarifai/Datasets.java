package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DeleteDatasetsRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.MultiDatasetResponse;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.SingleDatasetResponse;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.BaseResponse;
import java.util.concurrent.CompletableFuture;

/** The datasets of an app. */
public final class Datasets {

    /** @param created false when it was there before */
    public record Ensured(Dataset dataset, boolean created) {}

    private final ClarifaiCalls calls;

    Datasets(ClarifaiCalls calls) {
        this.calls = calls;
    }

    public CompletableFuture<Pages<Dataset>> list(AppRef app, int pageSize) {
        return NumberedPages.open(
                (number, size) -> {
                    ListDatasetsRequest request = ListDatasetsRequest.newBuilder()
                            .setUserAppId(app.toProto())
                            .setPage(number)
                            .setPerPage(size)
                            .build();
                    return calls.send(Call.of(
                                    "ListDatasets",
                                    request,
                                    V2FutureStub::listDatasets,
                                    MultiDatasetResponse::getStatus))
                            .thenApply(MultiDatasetResponse::getDatasetsList);
                },
                Dataset::getId,
                pageSize);
    }

    public CompletableFuture<Dataset> get(AppRef app, String datasetId) {
        GetDatasetRequest request = GetDatasetRequest.newBuilder()
                .setUserAppId(app.toProto())
                .setDatasetId(datasetId)
                .build();
        return calls.send(Call.of("GetDataset", request, V2FutureStub::getDataset, SingleDatasetResponse::getStatus))
                .thenApply(SingleDatasetResponse::getDataset);
    }

    public CompletableFuture<Dataset> create(AppRef app, String datasetId) {
        PostDatasetsRequest request = PostDatasetsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addDatasets(Dataset.newBuilder().setId(datasetId))
                .build();
        return calls.send(Call.of("PostDatasets", request, V2FutureStub::postDatasets, MultiDatasetResponse::getStatus))
                .thenCompose(answer -> answer.getDatasetsCount() == 0
                        ? get(app, datasetId)
                        : CompletableFuture.completedFuture(answer.getDatasets(0)));
    }

    /** Deletes a dataset, but not its inputs; one that is gone is fine. */
    public CompletableFuture<Void> delete(AppRef app, String datasetId) {
        DeleteDatasetsRequest request = DeleteDatasetsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addDatasetIds(datasetId)
                .build();
        return calls.send(Call.of("DeleteDatasets", request, V2FutureStub::deleteDatasets, BaseResponse::getStatus))
                .handle((answer, failure) -> failure)
                .thenCompose(failure -> failure == null || ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    /** Creates the dataset only when Clarifai says that it does not exist; somebody else may do so meanwhile. */
    public CompletableFuture<Ensured> ensure(AppRef app, String datasetId) {
        return get(app, datasetId)
                .thenApply(dataset -> new Ensured(dataset, false))
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                        ? createUnlessThere(app, datasetId)
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Ensured> createUnlessThere(AppRef app, String datasetId) {
        return create(app, datasetId)
                .thenApply(dataset -> new Ensured(dataset, true))
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.ALREADY_EXISTS)
                        ? get(app, datasetId).thenApply(dataset -> new Ensured(dataset, false))
                        : CompletableFuture.failedFuture(failure));
    }
}
