package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.status.StatusCode;

/** A change of what is known about an input, asked for through the input or through its input-level annotation. */
final class InputPatch {

    private InputPatch() {}

    static StoredInput apply(ClarifaiTables tables, String app, PatchAction action, StoredInput old, Data patch) {
        if (patch.hasImage() || patch.hasText() || patch.hasVideo() || patch.hasAudio()) {
            throw new Refusal(
                    StatusCode.INPUT_INVALID_ARGUMENT, "only concepts, metadata and geo of an input can change");
        }
        DataRules.check(patch);
        Data named = action == PatchAction.REMOVE ? patch : tables.concepts().adopt(app, patch);
        Data data = action.apply(old.input().getData(), named);
        return tables.inputs()
                .update(
                        app,
                        old,
                        input -> input.withInput(input.input().toBuilder()
                                .setData(data)
                                .setModifiedAt(Times.now())
                                .build()));
    }
}
