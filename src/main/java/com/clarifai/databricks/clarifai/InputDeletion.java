package com.clarifai.databricks.clarifai;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deletes any number of inputs. */
public final class InputDeletion {

    private final Inputs inputs;

    public InputDeletion(ClarifaiClient client) {
        this.inputs = client.inputs();
    }

    /** Starts the deletion; Clarifai carries it out some time later. */
    public CompletableFuture<Void> delete(AppRef app, List<String> ids) {
        return Rows.inChunks(ids, chunk -> inputs.delete(app, chunk));
    }
}
