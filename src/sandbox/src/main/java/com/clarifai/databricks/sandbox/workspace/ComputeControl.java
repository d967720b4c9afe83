package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.function.Function;

/**
 * Answers {@code POST /sandbox/clusters} and {@code POST /sandbox/warehouses}, both with {@code ?id=ID&state=STATE
 * [&start=OUTCOME]}: puts a cluster or warehouse into a state, in the terms of its own API, and says what comes of its
 * starts from now on: {@code ok} (the default), {@code denied}, or the code of a termination reason such as {@code
 * CLOUD_PROVIDER_LAUNCH_FAILURE} or {@code AZURE_QUOTA_EXCEEDED_EXCEPTION}.
 */
final class ComputeControl implements HttpHandler {

    private final Function<String, Compute> computes;

    /** @param computes by id, or an {@link ApiError} */
    ComputeControl(Function<String, Compute> computes) {
        this.computes = computes;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Parameters parameters = Parameters.of(exchange);
        Compute compute = computes.apply(parameters.require("id"));
        compute.force(
                state(parameters.require("state")),
                outcome(parameters.find("start").orElse("ok")));
    }

    private static Compute.State state(String name) {
        return switch (name) {
            case "RUNNING" -> Compute.State.RUNNING;
            case "PENDING", "STARTING" -> Compute.State.STARTING;
            case "TERMINATED", "STOPPED" -> Compute.State.STOPPED;
            default -> throw ApiError.invalid("Unknown state: " + name);
        };
    }

    private static Compute.Outcome outcome(String start) {
        if (start.equals("ok")) {
            return new Compute.Success();
        } else if (start.equals("denied")) {
            return new Compute.Denied();
        } else if (start.matches("[A-Z][A-Z_]+")) {
            return new Compute.Failure(start);
        }
        throw ApiError.invalid("Unknown outcome of a start: " + start);
    }
}
