package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Input;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes any number of inputs; those that are gone already are fine. */
public final class InputDeletion {

    private final Inputs inputs;

    public InputDeletion(ClarifaiClient client) {
        this.inputs = client.inputs();
    }

    /** Starts the deletion; Clarifai carries it out some time later. */
    public CompletableFuture<Void> delete(AppRef app, List<String> ids) {
        return Rows.inChunks(ids, chunk -> deleteChunk(app, chunk));
    }

    private CompletableFuture<Void> deleteChunk(AppRef app, List<String> ids) {
        return inputs.delete(app, ids)
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                        ? deleteTheOthers(app, ids, failure)
                        : CompletableFuture.failedFuture(failure));
    }

    /** One input that is gone makes Clarifai refuse the whole request; a missing app does so here, too. */
    private CompletableFuture<Void> deleteTheOthers(AppRef app, List<String> ids, Throwable failure) {
        return inputs.get(app, ids).thenCompose(found -> {
            if (found.size() >= ids.size()) {
                return CompletableFuture.failedFuture(failure);
            }
            return delete(app, found.stream().map(Input::getId).toList());
        });
    }
}
