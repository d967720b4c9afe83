package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets calls through to a cluster or warehouse that runs. For one that is stopped it begins a start and answers 503 with
 * a Retry-After, which the JDBC driver obeys.
 */
final class ClusterGate implements HttpHandler {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final Function<HttpServerExchange, Compute> computes;
    private final HttpHandler next;

    /** @param computes what the path names, or an {@link ApiError} */
    ClusterGate(Function<HttpServerExchange, Compute> computes, HttpHandler next) {
        this.computes = computes;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Compute compute = computes.apply(exchange);
        Optional<Compute.Failure> failure = compute.failure();
        if (failure.isPresent()) {
            throw new ApiError(
                    400,
                    "INVALID_STATE",
                    "Unexpected state for cluster " + compute.id() + ": TERMINATED. Reason: "
                            + failure.get().code() + " (" + failure.get().type() + ")");
        }
        compute.start();
        if (compute.state() != Compute.State.RUNNING) {
            throw ApiError.temporarilyUnavailable(
                    "Cluster " + compute.id() + " is temporarily unavailable.", RETRY_AFTER_SECONDS);
        }
        next.handleRequest(exchange);
    }
}
