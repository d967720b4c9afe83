package com.clarifai.databricks.model;

/** Names of the columns of the annotations table. */
public final class AnnotationColumns {

    public static final String ANNOTATION_ID = "annotation_id";
    public static final String ANNOTATION = "annotation";
    public static final String ANNOTATION_USER_ID = "annotation_user_id";
    public static final String INPUT_ID = InputColumns.INPUT_ID;
    public static final String ANNOTATION_CREATED_AT = "annotation_created_at";
    public static final String ANNOTATION_MODIFIED_AT = "annotation_modified_at";
    public static final String ANNOTATION_TYPE = "annotation_type";
    public static final String INPUT_LEVEL = "input_level";
    public static final String CONCEPTS = InputColumns.CONCEPTS;
    public static final String REGIONS = "regions";
    public static final String STATUS_CODE = InputColumns.STATUS_CODE;
    public static final String USER_ID = InputColumns.USER_ID;
    public static final String APP_ID = InputColumns.APP_ID;
    public static final String DATASET_ID = InputColumns.DATASET_ID;
    public static final String RUN_ID = InputColumns.RUN_ID;
    public static final String SYNCED_AT = InputColumns.SYNCED_AT;
    public static final String DELETED_AT = InputColumns.DELETED_AT;

    private AnnotationColumns() {}
}
