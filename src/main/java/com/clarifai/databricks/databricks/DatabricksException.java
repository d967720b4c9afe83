package com.clarifai.databricks.databricks;

import java.time.Duration;
import java.util.Optional;

/** A call to the workspace failed. The message is one line: what was asked and what was answered, never the token. */
public class DatabricksException extends RuntimeException {

    public enum Kind {
        /** No answer: unknown host, refused or broken connection, failed TLS handshake, time-out. */
        UNREACHABLE,
        UNAUTHENTICATED,
        /** The right is missing, or the network is not allowed in (IP access list, private link). */
        PERMISSION_DENIED,
        NOT_FOUND,
        ALREADY_EXISTS,
        INVALID,
        THROTTLED,
        /** More compute, or more of something else, than the account or the workspace is allowed. */
        QUOTA_EXCEEDED,
        /** The cloud has no machines of the kind left. */
        NO_CAPACITY,
        /** A cluster or warehouse did not come up. */
        NOT_STARTED,
        /** The service failed, or what answered does not speak its API. */
        INTERNAL
    }

    /** Whether the same call may be tried again. */
    enum Retry {
        NEVER,
        /** A few times: the cause either passes at once or needs a person. */
        BRIEFLY,
        WITHIN_BUDGET
    }

    private final Kind kind;
    private final int status;
    private final String errorCode;
    private final String reason;
    private final String requestId;
    private final transient Retry retry;
    private final transient Duration retryAfter;

    DatabricksException(
            Kind kind,
            int status,
            String errorCode,
            String reason,
            String requestId,
            String message,
            Throwable cause,
            Retry retry,
            Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.errorCode = errorCode;
        this.reason = reason;
        this.requestId = requestId;
        this.retry = retry;
        this.retryAfter = retryAfter;
    }

    DatabricksException(Kind kind, String message, Throwable cause, Retry retry) {
        this(kind, 0, null, null, null, message, cause, retry, null);
    }

    /** A failure that no repetition changes. */
    DatabricksException(Kind kind, String message) {
        this(kind, message, null, Retry.NEVER);
    }

    /** The same failure, saying that it outlasted so many attempts. */
    DatabricksException afterAttempts(int attempts) {
        return new DatabricksException(
                kind,
                status,
                errorCode,
                reason,
                requestId,
                getMessage() + "; gave up after " + attempts + " attempts",
                this,
                Retry.NEVER,
                null);
    }

    /** The same failure in other words. */
    DatabricksException explained(String message) {
        return new DatabricksException(kind, status, errorCode, reason, requestId, message, this, Retry.NEVER, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status, 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** The service's {@code error_code}, such as {@code TABLE_DOES_NOT_EXIST}. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /**
     * What exactly is wrong, as the {@code reason} of the {@code google.rpc.ErrorInfo} in the answer's details, such as
     * {@code FILES_API_DIRECTORY_IS_NOT_EMPTY}: there the error code is often no more than the kind of error.
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether this is what the service says, be it as reason or as error code: its APIs differ in that. */
    public boolean says(String code) {
        return code.equals(reason) || code.equals(errorCode);
    }

    /** What Databricks support asks for. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    Retry retry() {
        return retry;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
