package com.clarifai.databricks.sandbox.clarifai;

import java.util.List;

/** All that is kept, and what has to change in several tables at once. */
record ClarifaiTables(
        Store store,
        AppTable apps,
        DatasetTable datasets,
        InputTable inputs,
        AnnotationTable annotations,
        ConceptTable concepts,
        JobTable jobs,
        VersionTable versions) {

    static ClarifaiTables of(Store store, InputView view) {
        InputTable inputs = new InputTable(store);
        return new ClarifaiTables(
                store,
                new AppTable(store),
                new DatasetTable(store),
                inputs,
                new AnnotationTable(store, inputs, view),
                new ConceptTable(store),
                new JobTable(store),
                new VersionTable(store));
    }

    void insertInput(String app, StoredInput input, List<String> datasetIds) {
        inputs.insert(app, input);
        annotations.insertInputLevel(app, input);
        datasetIds.stream().distinct().forEach(dataset -> datasets.addMember(app, dataset, input.id()));
    }

    /** Removes an input with its annotations, memberships and bytes; nothing happens if it is gone already. */
    void removeInput(String app, String id, StoredImages files) {
        inputs.find(app, id).ifPresent(input -> {
            if (input.isUnfinished()) {
                jobs.move(app, input.jobId(), input.statusCode(), 0);
            }
            annotations.removeAll(app, id);
            datasets.removeInput(app, id);
            inputs.remove(app, input);
            if (!input.blob().isEmpty()) {
                files.delete(app, input.blob());
            }
        });
    }

    void removeApp(String app, StoredImages files) {
        List<String> blobs = inputs.newestFirst(app)
                .map(StoredInput::blob)
                .filter(blob -> !blob.isEmpty())
                .toList();
        annotations.removeApp(app);
        datasets.removeApp(app);
        inputs.removeApp(app);
        concepts.removeApp(app);
        jobs.removeApp(app);
        versions.removeApp(app);
        apps.remove(app);
        blobs.forEach(blob -> files.delete(app, blob));
    }
}
