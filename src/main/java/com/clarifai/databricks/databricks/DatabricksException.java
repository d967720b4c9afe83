package com.clarifai.databricks.databricks;

import java.net.URI;
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
        /** A run of a job took longer than it may, and was ended. */
        TIMED_OUT,
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

    /**
     * What the service says.
     *
     * @param status of HTTP, 0 when there was no answer
     * @param errorCode null when it gives none, and so are the others
     */
    record Told(int status, String errorCode, String reason, String requestId) {
        private static final Told NOTHING = new Told(0, null, null, null);
    }

    private final Kind kind;
    private final WorkspaceCall call;
    private final transient Told told;
    private final boolean lapsed;
    private final transient Retry retry;
    private final transient Duration retryAfter;

    DatabricksException(
            Kind kind,
            WorkspaceCall call,
            Told told,
            String message,
            Throwable cause,
            Retry retry,
            Duration retryAfter) {
        this(kind, call, told, message, cause, false, retry, retryAfter);
    }

    private DatabricksException(
            Kind kind,
            WorkspaceCall call,
            Told told,
            String message,
            Throwable cause,
            boolean lapsed,
            Retry retry,
            Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.call = call;
        this.told = told;
        this.lapsed = lapsed;
        this.retry = retry;
        this.retryAfter = retryAfter;
    }

    DatabricksException(Kind kind, WorkspaceCall call, String message, Throwable cause, Retry retry) {
        this(kind, call, Told.NOTHING, message, cause, retry, null);
    }

    /** A failure that no repetition changes. */
    DatabricksException(Kind kind, WorkspaceCall call, String message) {
        this(kind, call, message, null, Retry.NEVER);
    }

    /** The same, when it was not a call that failed. */
    DatabricksException(Kind kind, String message) {
        this(kind, null, message);
    }

    /** A host with several workspaces has refused a call that did not say which is meant. */
    static DatabricksException noWorkspaceNamed(URI host, DatabricksException refusal) {
        return new DatabricksException(
                Kind.INVALID,
                null,
                host + " has several workspaces, and none is named: set databricks.workspace-id"
                        + " (DATABRICKS_WORKSPACE_ID, workspace_id in a profile), or give databricks.host with the"
                        + " ?o=<id> that the browser shows (" + refusal.getMessage() + ")",
                refusal,
                Retry.NEVER);
    }

    /** The same failure, saying that it outlasted so many attempts. */
    DatabricksException afterAttempts(int attempts) {
        return repeated(getMessage() + "; gave up after " + attempts + " attempts", lapsed);
    }

    /** The same failure in other words. */
    DatabricksException explained(String message) {
        return repeated(message, lapsed);
    }

    /** The same failure of a call whose token was accepted before. */
    DatabricksException lapsed() {
        return repeated(
                getMessage() + "; the token was accepted before, so it has expired or been revoked since", true);
    }

    private DatabricksException repeated(String message, boolean nowLapsed) {
        return new DatabricksException(kind, call, told, message, this, nowLapsed, Retry.NEVER, null);
    }

    public Kind kind() {
        return kind;
    }

    /** What was asked of the workspace; empty when it was not a call that failed. */
    public Optional<WorkspaceCall> call() {
        return Optional.ofNullable(call);
    }

    /** Whether the token was accepted before, so that it has expired or been revoked meanwhile. */
    public boolean isLapsed() {
        return lapsed;
    }

    /** The HTTP status, 0 when there was no answer. */
    public int status() {
        return told.status();
    }

    /** The service's {@code error_code}, such as {@code TABLE_DOES_NOT_EXIST}. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(told.errorCode());
    }

    /**
     * What exactly is wrong, as the {@code reason} of the {@code google.rpc.ErrorInfo} in the answer's details, such as
     * {@code FILES_API_DIRECTORY_IS_NOT_EMPTY}: there the error code is often no more than the kind of error.
     */
    public Optional<String> reason() {
        return Optional.ofNullable(told.reason());
    }

    /** Whether this is what the service says, as reason or as error code: its APIs differ in that. */
    public boolean says(String code) {
        return code.equals(told.reason()) || code.equals(told.errorCode());
    }

    /** What Databricks support asks for. */
    public Optional<String> requestId() {
        return Optional.ofNullable(told.requestId());
    }

    Retry retry() {
        return retry;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
