package com.clarifai.databricks.component.clarifai;

import org.apache.camel.spi.Metadata;

/** Headers of the component. */
public final class ClarifaiConstants {

    @Metadata(
            label = "producer",
            description = "What to do, instead of the operation in the URI.",
            javaType = "com.clarifai.databricks.component.clarifai.ClarifaiOperations")
    public static final String OPERATION = "CamelClarifaiOperation";

    @Metadata(
            label = "producer",
            description = "The owner of the app, instead of the option userId.",
            javaType = "String")
    public static final String USER_ID = "CamelClarifaiUserId";

    @Metadata(label = "producer", description = "The app, instead of the option appId.", javaType = "String")
    public static final String APP_ID = "CamelClarifaiAppId";

    @Metadata(label = "producer", description = "The dataset, instead of the option datasetId.", javaType = "String")
    public static final String DATASET_ID = "CamelClarifaiDatasetId";

    @Metadata(
            label = "producer",
            description = "Whether a dataset that is missing is created, instead of the option createDataset.",
            javaType = "Boolean")
    public static final String CREATE_DATASET = "CamelClarifaiCreateDataset";

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
                    "Whether an image may be uploaded by a URL that another input of the app has, instead of the option allowDuplicateUrl.",
            javaType = "Boolean")
    public static final String ALLOW_DUPLICATE_URL = "CamelClarifaiAllowDuplicateUrl";

    @Metadata(
            label = "producer",
            description =
                    "Statuses of annotations, instead of the option annotationStatuses. A collection or a text with commas, as the other lists.",
            javaType = "Object")
    public static final String ANNOTATION_STATUSES = "CamelClarifaiAnnotationStatuses";

    @Metadata(
            label = "producer",
            description = "Who made the annotations, instead of the option annotationUserIds.",
            javaType = "Object")
    public static final String ANNOTATION_USER_IDS = "CamelClarifaiAnnotationUserIds";

    @Metadata(
            label = "producer",
            description =
                    "Versions of the models that predicted the annotations, instead of the option modelVersionIds.",
            javaType = "Object")
    public static final String MODEL_VERSION_IDS = "CamelClarifaiModelVersionIds";

    @Metadata(
            label = "producer",
            description = "Concepts of the annotations, instead of the option conceptIds.",
            javaType = "Object")
    public static final String CONCEPT_IDS = "CamelClarifaiConceptIds";

    @Metadata(
            label = "producer",
            description = "Whether to list untrusted annotations, too, instead of the option allAnnotations.",
            javaType = "Boolean")
    public static final String ALL_ANNOTATIONS = "CamelClarifaiAllAnnotations";

    @Metadata(
            label = "producer",
            description = "Whether to list predictions, too, instead of the option modelOutput.",
            javaType = "Boolean")
    public static final String MODEL_OUTPUT = "CamelClarifaiModelOutput";

    @Metadata(
            label = "producer",
            description = "Whether to list input-level annotations only, instead of the option inputLevelOnly.",
            javaType = "Boolean")
    public static final String INPUT_LEVEL_ONLY = "CamelClarifaiInputLevelOnly";

    @Metadata(
            label = "producer",
            description =
                    "Earliest time of change of the annotations or inputs, instead of the option modifiedSince. An Instant or its text.",
            javaType = "Object")
    public static final String MODIFIED_SINCE = "CamelClarifaiModifiedSince";

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

    @Metadata(label = "producer", description = "Set by ensureApp: whether the app was created.", javaType = "Boolean")
    public static final String APP_CREATED = "CamelClarifaiAppCreated";

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
