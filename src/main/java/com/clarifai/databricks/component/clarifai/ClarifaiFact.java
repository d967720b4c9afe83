package com.clarifai.databricks.component.clarifai;

/** What a {@code probe} can find out; see {@link com.clarifai.databricks.clarifai.ClarifaiFacts}. */
public enum ClarifaiFact {
    unknownIds,
    patchCodes,
    inputIds,
    jobIds,
    requestSize,
    listingOrder
}
