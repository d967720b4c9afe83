package com.clarifai.databricks.model;

import java.util.Set;

/**
 * What the column {@code status} of the inputs table says, and the one classification of Clarifai's status codes of inputs.
 *
 * <p>Codes by number, as <a href="https://github.com/Clarifai/clarifai-protocols/blob/master/proto/clarifai/api/status/status_code.proto">status_code.proto</a>
 * has them, so that those which this version of the API's classes does not name can be told apart, too. Only what is in
 * {@link #FAILED} counts as failed: inputs are deleted because of it, and with an input go its annotations.
 */
public enum InputStatus {
    /** Planned or uploaded; Clarifai has not finished processing it, or is processing or indexing it again. */
    PENDING,
    /** Clarifai holds the input and has processed it. */
    PROCESSED,
    /** Never became an input; {@code status_code} and {@code status_message} say why. */
    REJECTED,
    /** Clarifai holds the input in a state that says neither; {@code status_code} has it. It is left as it is. */
    UNKNOWN;

    /** SUCCESS; of images, then of videos: download, modification, clustering, index, processing. */
    private static final Set<Integer> DONE = Set.of(10000, 30000, 30200, 30400, 30500, 31000, 31200, 31400);

    private static final Set<Integer> UNDER_WAY =
            Set.of(30001, 30003, 30201, 30401, 30403, 30501, 30503, 31001, 31201, 31410);

    /**
     * The image or video could not be had or read: download failed, duplicate URL, unsupported format, not there, no
     * permission, invalid argument, over a limit, invalid URL, its host failed, invalid bytes, processing failed, no
     * connection to its host, invalid request.
     */
    private static final Set<Integer> FAILED = Set.of(
            30002, 30100, 30101, 30102, 30103, 30104, 30105, 30106, 30210, 30300, //
            31002, 31100, 31101, 31102, 31103, 31104, 31105, 31106, 31210, 31300, 31420, //
            39996, 39999);

    /** All codes of this range are states of inputs, whether they are known or not. */
    private static final int FIRST_STATE = 30000;

    private static final int LAST_STATE = 31999;

    /** What it means that an input has this status code. */
    public static InputStatus ofCode(int code) {
        if (DONE.contains(code)) {
            return PROCESSED;
        }
        if (UNDER_WAY.contains(code)) {
            return PENDING;
        }
        return FAILED.contains(code) ? REJECTED : UNKNOWN;
    }

    /** Whether a code, known or not, says something of an input rather than of the request about it. */
    public static boolean isStateOfInput(int code) {
        return code >= FIRST_STATE && code <= LAST_STATE;
    }
}
