package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.status.Status;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A call that Clarifai refused, or that never reached it. The message is one line and never holds the token. */
public class ClarifaiException extends RuntimeException {

    /** What a caller may have to tell apart. */
    public enum Kind {
        UNREACHABLE,
        /** It was asked, and has not answered in time. */
        SILENT,
        UNAUTHENTICATED,
        PERMISSION_DENIED,
        NOT_FOUND,
        ALREADY_EXISTS,
        INVALID,
        THROTTLED,
        INTERNAL
    }

    private final Recovery recovery;
    private final Kind kind;
    private final int code;
    private final String description;
    private final String details;
    private final String requestId;

    /** A failure that another attempt of the same call does not mend. */
    protected ClarifaiException(Kind kind, String message, Throwable cause) {
        this(kind, Recovery.NONE, message, cause);
    }

    ClarifaiException(Kind kind, Recovery recovery, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.recovery = recovery;
        this.code = 0;
        this.description = message;
        this.details = "";
        this.requestId = "";
    }

    ClarifaiException(Kind kind, Recovery recovery, String message, Status status) {
        super(message);
        this.kind = kind;
        this.recovery = recovery;
        this.code = status.getCodeValue();
        this.description = status.getDescription();
        this.details = status.getDetails();
        this.requestId = status.getReqId();
    }

    public Kind kind() {
        return kind;
    }

    /** The code of Clarifai's answer ({@code status.code}), 0 when there was none. */
    public int code() {
        return code;
    }

    /** What Clarifai says is wrong, without what this program says around it. */
    public String description() {
        return description;
    }

    public String details() {
        return details;
    }

    /** Clarifai's own id of the request ({@code status.req_id}), empty when there was no answer. */
    public Optional<String> requestId() {
        return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
    }

    Recovery recovery() {
        return recovery;
    }

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    public static boolean isKind(Throwable failure, Kind kind) {
        return unwrap(failure) instanceof ClarifaiException refused && refused.kind == kind;
    }
}
