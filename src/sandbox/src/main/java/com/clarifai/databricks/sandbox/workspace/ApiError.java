package com.clarifai.databricks.sandbox.workspace;

import java.util.Locale;

/**
 * An answer other than success, in the shape {@code {"error_code", "message", "details"}} of the Databricks REST API: the
 * code is often only the kind of error, what exactly is wrong is the {@code reason} of the {@code google.rpc.ErrorInfo} in
 * the details (as <a href="https://github.com/databricks/cli/blob/main/libs/filer/files_client.go">the Databricks CLI reads
 * it</a>).
 */
final class ApiError extends RuntimeException {

    private final int status;
    private final Object code;
    private final String reason;
    private final Integer retryAfter;

    private ApiError(int status, Object code, String reason, String message, Integer retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    ApiError(int status, String code, String message) {
        this(status, code, code, message, null);
    }

    /** An error of the Files API, whose code is only the kind of error. */
    static ApiError ofFiles(int status, String code, String reason, String message) {
        return new ApiError(status, code, "FILES_API_" + reason, message, null);
    }

    static ApiError invalid(String message) {
        return new ApiError(400, "INVALID_PARAMETER_VALUE", message);
    }

    static ApiError denied(String privilege, String securable) {
        return new ApiError(403, "PERMISSION_DENIED", "User does not have " + privilege + " on " + securable + ".");
    }

    /** As <a href="https://github.com/unitycatalog/unitycatalog/issues/2">reported</a>: with 401, by Unity Catalog itself. */
    static ApiError credentialsDenied(String kind, String name) {
        return new ApiError(
                401,
                "UNAUTHENTICATED",
                "UNITY_CATALOG_EXTERNAL_GENERATE_" + kind.toUpperCase(Locale.ROOT) + "_CREDENTIALS_DENIED",
                "Request to generate access credential for " + kind + " '" + name + "' from outside of Databricks Unity"
                        + " Catalog enabled compute environment is denied for security. Please contact Databricks support"
                        + " for integrations with Unity Catalog.",
                null);
    }

    /** The gateway in front of all APIs repeats the status, as a number, where others have a code. */
    static ApiError unauthenticated(String message) {
        return new ApiError(401, 401, null, message, null);
    }

    /** The same gateway, on an OAuth token that has expired. */
    static ApiError forbidden(String message) {
        return new ApiError(403, 403, null, message, null);
    }

    static ApiError tooManyRequests(String message, int retryAfterSeconds) {
        return new ApiError(429, "REQUEST_LIMIT_EXCEEDED", "REQUEST_LIMIT_EXCEEDED", message, retryAfterSeconds);
    }

    static ApiError temporarilyUnavailable(String message, int retryAfterSeconds) {
        return new ApiError(503, "TEMPORARILY_UNAVAILABLE", "TEMPORARILY_UNAVAILABLE", message, retryAfterSeconds);
    }

    /** A status that was planned for a test; {@code retryAfter} in seconds or null. */
    static ApiError planned(int status, Integer retryAfter) {
        String code =
                switch (status) {
                    case 400 -> "BAD_REQUEST";
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "NOT_FOUND";
                    case 409 -> "RESOURCE_CONFLICT";
                    case 429 -> "REQUEST_LIMIT_EXCEEDED";
                    case 503, 504 -> "TEMPORARILY_UNAVAILABLE";
                    default -> "INTERNAL_ERROR";
                };
        return new ApiError(status, code, code, "Planned by the sandbox", retryAfter);
    }

    int status() {
        return status;
    }

    /** A string, or the status as a number. */
    Object code() {
        return code;
    }

    /** What exactly is wrong; null where the gateway answers. */
    String reason() {
        return reason;
    }

    /** Seconds, or null. */
    Integer retryAfter() {
        return retryAfter;
    }
}
