package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.xnio.Options;

/** Counts a call and makes the fault planned for it happen on the wire. */
final class TrafficHandler implements HttpHandler {

    private final Traffic traffic;
    private final String target;
    private final HttpHandler next;

    TrafficHandler(Traffic traffic, String target, HttpHandler next) {
        this.traffic = traffic;
        this.target = target;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Optional<Fault> planned = traffic.call(target);
        pause(traffic.latency());
        if (planned.isEmpty()) {
            next.handleRequest(exchange);
            return;
        }
        Fault fault = planned.get();
        switch (fault.kind()) {
            case STATUS -> throw ApiError.planned(fault.number(), fault.retryAfter());
            case DELAY -> {
                pause(fault.delay());
                next.handleRequest(exchange);
            }
            case RESET -> reset(exchange);
            case TRUNCATE -> {
                exchange.addResponseWrapper(CutAnswer.half());
                next.handleRequest(exchange);
            }
            case LOST -> {
                exchange.addResponseWrapper(CutAnswer.nothing());
                next.handleRequest(exchange);
            }
            case GRPC, CODE -> throw new IllegalStateException("a fault for Clarifai is planned for " + target);
        }
    }

    /** Linger off: the client sees a reset, not an orderly end. */
    private static void reset(HttpServerExchange exchange) throws IOException {
        exchange.getConnection().setOption(Options.CLOSE_ABORT, true);
        exchange.getConnection().close();
    }

    static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
