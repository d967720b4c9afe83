package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Status messages as they stand in answers. */
final class Statuses {

    private static final Map<StatusCode, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(StatusCode.SUCCESS, "Ok"),
            Map.entry(StatusCode.MIXED_STATUS, "Mixed Success"),
            Map.entry(StatusCode.FAILURE, "Failure"),
            Map.entry(StatusCode.CONN_THROTTLED, "Request rate limit exceeded"),
            Map.entry(StatusCode.CONN_KEY_INVALID, "Invalid API key"),
            Map.entry(StatusCode.CONN_KEY_NOT_FOUND, "API key not found"),
            Map.entry(StatusCode.CONN_DOES_NOT_EXIST, "Resource does not exist"),
            Map.entry(StatusCode.CONN_INVALID_REQUEST, "Invalid request"),
            Map.entry(StatusCode.INPUT_DOWNLOAD_SUCCESS, "Download complete"),
            Map.entry(StatusCode.INPUT_DOWNLOAD_PENDING, "Download pending"),
            Map.entry(StatusCode.INPUT_DOWNLOAD_IN_PROGRESS, "Download in progress"),
            Map.entry(StatusCode.INPUT_DOWNLOAD_FAILED, "Download failed"),
            Map.entry(StatusCode.INPUT_DUPLICATE, "Duplicate URL"),
            Map.entry(StatusCode.INPUT_INVALID_ARGUMENT, "Input has an invalid argument"),
            Map.entry(StatusCode.INPUT_INVALID_REQUEST, "Input invalid request"),
            Map.entry(StatusCode.ANNOTATION_SUCCESS, "OK"),
            Map.entry(StatusCode.JOB_QUEUED, "Job is queued to be ran."),
            Map.entry(StatusCode.JOB_RUNNING, "Job is running."),
            Map.entry(StatusCode.JOB_COMPLETED, "Job is completed."),
            Map.entry(StatusCode.JOB_FAILED, "Job failed."),
            Map.entry(StatusCode.JOB_CANCELLED, "Job has been canceled."));

    static final Status SUCCESS = of(StatusCode.SUCCESS);

    private Statuses() {}

    static Status of(StatusCode code) {
        return of(code, "");
    }

    static Status of(StatusCode code, String details) {
        return Status.newBuilder()
                .setCode(code)
                .setDescription(DESCRIPTIONS.getOrDefault(code, readable(code)))
                .setDetails(details)
                .build();
    }

    /** A status of any number, known to this version of the API or not. */
    static Status of(int number) {
        StatusCode code = StatusCode.forNumber(number);
        return code == null
                ? Status.newBuilder().setCodeValue(number).build()
                : of(code, code == StatusCode.CONN_THROTTLED ? RateLimit.details(RateLimit.DOCUMENTED) : "");
    }

    /**
     * The status of an answer that holds one status an item: success, {@code MIXED_STATUS} when some items failed, the
     * common code (or {@code FAILURE}) when all did.
     */
    static Status summary(Collection<Status> failed, int items) {
        if (failed.isEmpty()) {
            return SUCCESS;
        }
        if (failed.size() < items) {
            return of(StatusCode.MIXED_STATUS, failed.size() + " of " + items + " items failed");
        }
        Status first = failed.iterator().next();
        boolean same = failed.stream().allMatch(status -> status.getCodeValue() == first.getCodeValue());
        return same ? first : of(StatusCode.FAILURE, "all " + items + " items failed");
    }

    private static String readable(StatusCode code) {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
