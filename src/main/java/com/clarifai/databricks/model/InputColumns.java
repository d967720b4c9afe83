package com.clarifai.databricks.model;

/**
 * Names of the columns of the inputs table.
 *
 * <p>A row on its way through a route is a {@code Map<String, Object>} keyed by these names, whether it comes from a
 * volume's files, a query or a CSV file, and it gains columns from step to step until it is written to the table.
 */
public final class InputColumns {

    public static final String INPUT_ID = "input_id";
    public static final String IMAGE_URL = "image_url";
    public static final String IMAGE_INFO = "image_info";
    /** {@code image}, {@code text}, {@code video} or {@code audio}. */
    public static final String INPUT_TYPE = "input_type";

    public static final String TEXT_RAW = "text_raw";
    public static final String TEXT_URL = "text_url";
    public static final String VIDEO_URL = "video_url";
    public static final String VIDEO_INFO = "video_info";
    public static final String AUDIO_URL = "audio_url";
    public static final String AUDIO_INFO = "audio_info";
    public static final String INPUT_METADATA = "input_metadata";
    public static final String INPUT_CREATED_AT = "input_created_at";
    public static final String INPUT_MODIFIED_AT = "input_modified_at";
    public static final String CONCEPTS = "concepts";
    public static final String LONGITUDE = "longitude";
    public static final String LATITUDE = "latitude";
    public static final String USER_ID = "user_id";
    public static final String APP_ID = "app_id";
    public static final String DATASET_ID = "dataset_id";
    public static final String STATUS = "status";
    public static final String STATUS_CODE = "status_code";
    public static final String STATUS_MESSAGE = "status_message";
    public static final String SOURCE_URI = "source_uri";
    public static final String SOURCE_SIZE = "source_size";
    public static final String SOURCE_MODIFIED_AT = "source_modified_at";
    public static final String IMAGE_PATH = "image_path";
    public static final String RUN_ID = "run_id";
    public static final String SYNCED_AT = "synced_at";
    public static final String DELETED_AT = "deleted_at";

    /** Not a column: the image itself ({@code byte[]}), in the row only between download and upload. */
    public static final String IMAGE_BYTES = "image_bytes";

    /**
     * Not a column: the address from which Clarifai is to take the image, in the row only until the upload. A secret, as
     * whoever has it can read the image for a while.
     */
    public static final String SIGNED_URL = "signed_url";

    /** Not a column: TRUE when Clarifai was to take the image from such an address, which holds for a while only. */
    public static final String LENT = "lent";

    /**
     * Not a column: where Clarifai hosts the original, byte by byte as it was posted; only the owner's token opens it.
     */
    public static final String HOSTED_URL = "hosted_url";

    /** Not a column: why the original is nowhere, though Clarifai hosts other sizes of it. */
    public static final String NOT_HOSTED = "not_hosted";

    /** Not a column: when the input was added to the dataset ({@code Instant}), which may be long after its creation. */
    public static final String ADDED_AT = "added_at";

    /** Not a column: the {@link Outcome} of this row in this run. */
    public static final String OUTCOME = "outcome";

    /** Not a column: TRUE when an earlier run had sent this row's input to Clarifai and was interrupted. */
    public static final String RESUMED = "resumed";

    /** Not a column: TRUE when it is written down already that this row is sent by this run. */
    public static final String CLAIMED = "claimed";

    /**
     * Not a column: of a resumed row, when that run wrote down that it was about to send the input, in microseconds since 1970
     * ({@code Long}).
     */
    public static final String CLAIMED_AT = "claimed_at";

    /** Not a column: TRUE when the file could not be read, so that the next run tries again though it has not changed. */
    public static final String UNREAD = "unread";

    /** Not a column: TRUE when the table says that an earlier run has imported this row. */
    public static final String KNOWN = "known";

    /** Not a column: TRUE when Clarifai has refused what an earlier run sent for this row. */
    public static final String REFUSED = "refused";

    /**
     * Not a column: the annotations of the input, as a list of Clarifai's {@code Data} or as their JSON, until they are
     * posted.
     */
    public static final String ANNOTATIONS = "annotations";

    /**
     * Not a column: concepts, metadata and geo of an input when it was found to exist ({@code byte[]} of Clarifai's
     * {@code Data}), until it is updated.
     */
    public static final String EXISTING_DATA = "existing_data";

    /** Not a column: why the image of this row is not in the volume although it was to be exported. */
    public static final String IMAGE_ERROR = "image_error";

    private InputColumns() {}
}
