package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Puts sample inputs and annotations into an app. Callers hold the store's lock. */
final class SampleItems {

    @FunctionalInterface
    interface Factory {
        SampleItems create(String app, int seed) throws IOException;
    }

    private final ClarifaiTables tables;
    private final StoredImages files;
    private final String app;
    private final SampleInputs inputs;
    private final SampleAnnotations annotations;

    SampleItems(ClarifaiTables tables, StoredImages files, String app, int seed, String userId, URI images)
            throws IOException {
        this.tables = tables;
        this.files = files;
        this.app = app;
        inputs = new SampleInputs(seed, images);
        annotations = new SampleAnnotations(seed, userId, images);
    }

    /** @param arrived time of its creation and of its entry into the dataset, in microseconds since 1970 */
    StoredInput insertInput(long number, String id, long arrived, String dataset) {
        StoredInput sample = inputs.input(number, id, arrived);
        Input input = sample.input();
        StoredInput stored = sample.withInput(input.toBuilder()
                .setData(tables.concepts().adopt(app, input.getData()))
                .build());
        tables.insertInput(app, stored, List.of());
        tables.datasets().addMember(app, dataset, id, arrived);
        if (!stored.blob().isEmpty()) {
            files.draw(app, stored.blob(), SampleInputs.picture(number));
        }
        return stored;
    }

    /** @param made time of its creation in microseconds since 1970, unlike that of any other annotation of the app */
    Annotation insertAnnotation(StoredInput input, long number, int place, long made) {
        Annotation sample = annotations.annotation(input.id(), number, place, made);
        Annotation stored = sample.toBuilder()
                .setData(tables.concepts().adopt(app, sample.getData()))
                .build();
        tables.annotations().insert(app, made, stored);
        return stored;
    }
}
