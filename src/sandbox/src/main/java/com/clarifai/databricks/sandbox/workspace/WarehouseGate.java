package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.time.Duration;

/** Starts the stopped warehouse for whoever opens a session or submits a statement, and holds the request until it runs. */
final class WarehouseGate implements HttpHandler {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Compute warehouse;
    private final HttpHandler next;

    WarehouseGate(Compute warehouse, HttpHandler next) {
        this.warehouse = warehouse;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            warehouse.start();
            while (warehouse.state() == Compute.State.STARTING) {
                Thread.sleep(POLL.toMillis());
            }
            if (warehouse.state() == Compute.State.STOPPED) {
                throw new ApiError(
                        400,
                        "BAD_REQUEST",
                        "Cannot start warehouse " + warehouse.id() + ": "
                                + warehouse.failure().map(Compute.Failure::code).orElse("it was stopped"));
            }
        }
        next.handleRequest(exchange);
    }
}
