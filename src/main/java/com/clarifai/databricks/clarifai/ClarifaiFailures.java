package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.mapping.SignedUrls;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxyServer;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.StatusRuntimeException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Turns the two ways in which a call can fail into a {@link ClarifaiException}: the transport's status, and the status
 * in the body, which Clarifai uses for everything that it decided itself.
 */
final class ClarifaiFailures {

    private final URI baseUrl;
    private final Optional<ProxyServer> proxy;
    private final String host;
    private final String pat;

    ClarifaiFailures(ClarifaiSettings settings) {
        this.baseUrl = settings.baseUrl();
        this.proxy = settings.proxy().to(baseUrl);
        this.host = settings.baseUrl().getAuthority();
        this.pat = settings.pat();
    }

    ClarifaiException ofBody(String call, Status status) {
        StringBuilder message = new StringBuilder(call)
                .append(" failed: ")
                .append(status.getCodeValue())
                .append(' ')
                .append(status.getDescription().isBlank() ? status.getCode().name() : status.getDescription());
        if (!status.getDetails().isBlank()) {
            message.append(": ").append(status.getDetails());
        }
        if (!status.getReqId().isBlank()) {
            message.append(" (request ").append(status.getReqId()).append(')');
        }
        Status safe = status.toBuilder()
                .setDescription(withoutToken(status.getDescription()))
                .setDetails(withoutToken(status.getDetails()))
                .build();
        return new ClarifaiException(
                kind(status.getCode()), recovery(status.getCode()), oneLine(message.toString()), safe);
    }

    ClarifaiException ofTransport(String call, Throwable failure) {
        if (failure instanceof ClarifaiException known) {
            return known;
        }
        if (!(failure instanceof StatusRuntimeException refused)) {
            return new ClarifaiException(Kind.INTERNAL, Recovery.NONE, oneLine(call + " failed: " + failure), failure);
        }
        Optional<ProxyException> proxys = ProxyException.in(failure, proxy, baseUrl);
        if (proxys.isPresent()) {
            return ofProxy(call, proxys.get());
        }
        io.grpc.Status status = refused.getStatus();
        boolean neverConnected = status.getCode() == io.grpc.Status.Code.UNAVAILABLE && isConnectFailure(failure);
        boolean tooLarge = isTooLarge(status);
        Kind kind =
                switch (status.getCode()) {
                    case UNAVAILABLE -> Kind.UNREACHABLE;
                    case DEADLINE_EXCEEDED -> Kind.SILENT;
                    case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
                    case PERMISSION_DENIED -> Kind.PERMISSION_DENIED;
                    case NOT_FOUND -> Kind.NOT_FOUND;
                    case ALREADY_EXISTS -> Kind.ALREADY_EXISTS;
                    case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> Kind.INVALID;
                    case RESOURCE_EXHAUSTED -> tooLarge ? Kind.INVALID : Kind.THROTTLED;
                    default -> Kind.INTERNAL;
                };
        Recovery recovery =
                switch (status.getCode()) {
                    case UNAVAILABLE -> neverConnected ? Recovery.RECONNECT : Recovery.RETRY;
                    case DEADLINE_EXCEEDED -> Recovery.RENEW_CONNECTION;
                    case RESOURCE_EXHAUSTED -> tooLarge ? Recovery.NONE : Recovery.PAUSE;
                    default -> Recovery.NONE;
                };
        String reason = neverConnected
                ? "cannot reach Clarifai at " + host + ": " + rootCause(failure)
                : kind == Kind.SILENT
                        ? "Clarifai at " + host + " has not answered in time"
                        : status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
        return new ClarifaiException(kind, recovery, oneLine(call + " failed: " + reason), failure);
    }

    private ClarifaiException ofProxy(String call, ProxyException proxys) {
        return new ClarifaiException(
                Kind.UNREACHABLE,
                proxys.isPassing() ? Recovery.RECONNECT : Recovery.NONE,
                oneLine(call + " failed: cannot reach Clarifai at " + host + ": " + proxys.getMessage()),
                proxys);
    }

    static Kind kind(StatusCode code) {
        return switch (code) {
            case CONN_TOKEN_INVALID, CONN_CREDENTIALS_INVALID, CONN_KEY_INVALID, CONN_KEY_NOT_FOUND ->
                Kind.UNAUTHENTICATED;
            case CONN_ACCOUNT_ISSUES, CONN_INSUFFICIENT_SCOPES, CONN_NO_GDPR_CONSENT, ANNOTATION_PERMISSION_DENIED ->
                Kind.PERMISSION_DENIED;
            case CONN_EXCEED_HOURLY_LIMIT, CONN_EXCEED_MONTHLY_LIMIT, CONN_THROTTLED, CONN_EXCEEDS_LIMITS ->
                Kind.THROTTLED;
            case CONN_DOES_NOT_EXIST, INPUT_DOES_NOT_EXIST -> Kind.NOT_FOUND;
            case DATABASE_DUPLICATE_KEY, INPUT_DUPLICATE, DATASET_INPUT_DUPLICATE -> Kind.ALREADY_EXISTS;
            case CONN_BAD_REQUEST_FORMAT,
                    CONN_INVALID_REQUEST,
                    CONN_METHOD_NOT_ALLOWED,
                    INPUT_UNSUPPORTED_FORMAT,
                    INPUT_INVALID_ARGUMENT,
                    INPUT_OVER_LIMIT,
                    INPUT_INVALID_URL,
                    ALL_INPUT_INVALID_BYTES,
                    INPUT_INVALID_REQUEST,
                    CONCEPTS_INVALID_REQUEST,
                    ANNOTATION_INVALID_ARGUMENT,
                    RPC_MAX_MESSAGE_SIZE_EXCEEDED -> Kind.INVALID;
            default -> Kind.INTERNAL;
        };
    }

    static Recovery recovery(StatusCode code) {
        return switch (code) {
            case CONN_THROTTLED -> Recovery.PAUSE;
            case CONN_EXCEED_HOURLY_LIMIT, REQUEST_DISABLED_FOR_MAINTENANCE -> Recovery.WAIT;
            case TRY_AGAIN,
                    DATABASE_STATEMENT_TIMEOUT,
                    DATABASE_DEADLOCK_DETECTED,
                    DATABASE_FAIL_TASK,
                    DATABASE_FAIL_TO_GET_CONNECTIONS,
                    DATABASE_TOO_MANY_CLIENTS,
                    RPC_REQUEST_QUEUE_FULL,
                    RPC_SERVER_UNAVAILABLE,
                    RPC_REQUEST_TIMEOUT,
                    INTERNAL_FETCHING_ISSUE,
                    INTERNAL_DATABASE_ISSUE,
                    INTERNAL_UNEXPECTED_TIMEOUT,
                    INTERNAL_REDIS_UNAVAILABLE,
                    INTERNAL_RESOURCE_EXHAUSTED -> Recovery.RETRY;
            default -> Recovery.NONE;
        };
    }

    /** An id that is taken has no code of its own. */
    static boolean isDuplicateId(Status status) {
        String text = (status.getDescription() + ' ' + status.getDetails()).toLowerCase(Locale.ROOT);
        return switch (status.getCode()) {
            case DATABASE_DUPLICATE_KEY -> true;
            case INPUT_INVALID_ARGUMENT, ANNOTATION_INVALID_ARGUMENT -> text.contains("duplicate id");
            default -> false;
        };
    }

    /** Whether request or answer has more bytes than one message may have. */
    static boolean isTooLarge(Throwable failure) {
        return ClarifaiException.unwrap(failure) instanceof ClarifaiException refused
                && (refused.code() == StatusCode.RPC_MAX_MESSAGE_SIZE_EXCEEDED_VALUE
                        || refused.getCause() instanceof StatusRuntimeException transport
                                && isTooLarge(transport.getStatus()));
    }

    /** gRPC gives a message beyond its size limit the code of a rate limit; so it is worded in Java, and in Go and C. */
    private static boolean isTooLarge(io.grpc.Status status) {
        String description = status.getDescription();
        return status.getCode() == io.grpc.Status.Code.RESOURCE_EXHAUSTED
                && description != null
                && (description.contains("exceeds maximum size") || description.contains("larger than max"));
    }

    private static boolean isConnectFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // ConnectException and NoRouteToHostException, but not the reset of a connection that was in use
            boolean connect = cause instanceof SocketException && cause.getClass() != SocketException.class;
            if (connect || cause instanceof UnknownHostException || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static String rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof UnknownHostException ? "unknown host" : String.valueOf(root.getMessage());
    }

    private String oneLine(String text) {
        return withoutToken(text).replaceAll("\\s+", " ").strip();
    }

    /** A server that is not Clarifai may well repeat the token in its answer, and Clarifai the address of an image. */
    private String withoutToken(String text) {
        return SignedUrls.hidden(text.replace(pat, "***"));
    }
}
