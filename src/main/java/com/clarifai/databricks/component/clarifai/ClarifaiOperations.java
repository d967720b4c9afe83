package com.clarifai.databricks.component.clarifai;

/** What a {@code clarifai:} step does. */
public enum ClarifaiOperations {
    inputs,
    getUser,
    listApps,
    getApp,
    ensureApp,
    listDatasets,
    getDataset,
    ensureDataset,
    listInputs,
    listDatasetInputs,
    searchDatasetInputs,
    countDatasetInputs,
    listAnnotations,
    lookupInputs,
    uploadInputs,
    awaitInputs,
    patchInputs,
    postAnnotations,
    addToDataset,
    deleteInputs,
    deleteDataset,
    reachDataHost,
    downloadImage,
    probe
}
