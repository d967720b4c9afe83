package com.clarifai.databricks.sandbox.s3;

import com.clarifai.databricks.sandbox.Fault;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;

/**
 * An error of the S3 API, as in its documentation's "Error responses".
 *
 * @param region the right one, where the error is about regions, else null
 */
record S3Error(int status, String code, String message, String region) {

    static final S3Error ACCESS_DENIED = new S3Error(403, "AccessDenied", "Access Denied");

    static final S3Error NO_SUCH_KEY = new S3Error(404, "NoSuchKey", "The specified key does not exist.");

    static final S3Error INVALID_TOKEN =
            new S3Error(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");

    static final S3Error EXPIRED_TOKEN = new S3Error(400, "ExpiredToken", "The provided token has expired.");

    static final S3Error PERMANENT_REDIRECT = new S3Error(
            301,
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint.");

    private S3Error(int status, String code, String message) {
        this(status, code, message, null);
    }

    static S3Error malformedHeader(String signed, String right) {
        return new S3Error(
                400,
                "AuthorizationHeaderMalformed",
                "The authorization header is malformed; the region '" + signed + "' is wrong; expecting '" + right
                        + "'",
                right);
    }

    static S3Error malformedQuery(String signed, String right) {
        return new S3Error(
                400,
                "AuthorizationQueryParametersError",
                "Error parsing the X-Amz-Credential parameter; the region '" + signed + "' is wrong; expecting '"
                        + right + "'",
                right);
    }

    static S3Error planned(Fault fault) {
        return switch (fault.number()) {
            case 403 -> ACCESS_DENIED;
            case 404 -> NO_SUCH_KEY;
            case 503 -> new S3Error(503, "SlowDown", "Please reduce your request rate.");
            default -> new S3Error(fault.number(), "InternalError", "Planned by the sandbox.");
        };
    }

    void send(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        if (!exchange.isRequestComplete()) {
            // what the client still sends of the refused request is not taken for another one
            exchange.setPersistent(false);
        }
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/xml");
        exchange.getResponseSender()
                .send("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message>" + (region == null ? "" : "<Region>" + region + "</Region>") + "</Error>");
    }
}
