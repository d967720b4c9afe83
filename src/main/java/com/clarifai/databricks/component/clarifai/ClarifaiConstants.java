package com.clarifai.databricks.component.clarifai;

import org.apache.camel.spi.Metadata;

/** Headers of the component. */
public final class ClarifaiConstants {

    @Metadata(
            label = "producer",
            description = "The owner of the app, instead of the option userId.",
            javaType = "String")
    public static final String USER_ID = "CamelClarifaiUserId";

    @Metadata(label = "producer", description = "The app, instead of the option appId.", javaType = "String")
    public static final String APP_ID = "CamelClarifaiAppId";

    @Metadata(label = "producer", description = "The dataset, instead of the option datasetId.", javaType = "String")
    public static final String DATASET_ID = "CamelClarifaiDatasetId";

    @Metadata(label = "producer", description = "The inputs-add job, instead of the option jobId.", javaType = "String")
    public static final String JOB_ID = "CamelClarifaiJobId";

    @Metadata(
            label = "producer",
            description = "What to do with rows whose input existed before, instead of the option onExisting.",
            javaType = "com.clarifai.databricks.clarifai.OnExisting")
    public static final String ON_EXISTING = "CamelClarifaiOnExisting";

    @Metadata(
            label = "producer",
            description =
                    "Set by postAnnotations: how many annotations of the batch are in the app now, whether they were new or not.",
            javaType = "Integer")
    public static final String ANNOTATION_COUNT = "CamelClarifaiAnnotationCount";

    @Metadata(
            label = "producer",
            description = "Set by postAnnotations: how many annotations of the batch were refused.",
            javaType = "Integer")
    public static final String REJECTED_ANNOTATION_COUNT = "CamelClarifaiRejectedAnnotationCount";

    @Metadata(
            label = "producer",
            description = "Set by ensureDataset: whether the dataset was created.",
            javaType = "Boolean")
    public static final String DATASET_CREATED = "CamelClarifaiDatasetCreated";

    @Metadata(
            label = "producer",
            description =
                    "For downloadImage: whether an image that is not on the data host may be fetched, instead of the option fetchExternal.",
            javaType = "Boolean")
    public static final String FETCH_EXTERNAL = "CamelClarifaiFetchExternal";

    @Metadata(
            label = "producer",
            description =
                    "For downloadImage: the bytes of a copy that is there already. An original of that very size is not downloaded, and the body becomes null.",
            javaType = "Long")
    public static final String UNCHANGED_SIZE = "CamelClarifaiUnchangedSize";

    private ClarifaiConstants() {}
}
