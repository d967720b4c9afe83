package com.clarifai.databricks.sandbox.http;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.xnio.Options;

/** Counts a call and makes the fault planned for it happen on the wire. */
public final class TrafficHandler implements HttpHandler {

    /** How a service tells a planned status. */
    @FunctionalInterface
    public interface StatusAnswer {
        void send(HttpServerExchange exchange, Fault fault) throws Exception;
    }

    private final Traffic traffic;
    private final Function<HttpServerExchange, String> target;
    private final StatusAnswer status;
    private final HttpHandler next;

    /** @param target the name of a call in counts and faults, such as {@code files:GET} */
    public TrafficHandler(
            Traffic traffic, Function<HttpServerExchange, String> target, StatusAnswer status, HttpHandler next) {
        this.traffic = traffic;
        this.target = target;
        this.status = status;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String call = target.apply(exchange);
        Optional<Fault> planned = traffic.call(call, exchange.getRequestPath());
        pause(traffic.latency());
        if (planned.isEmpty()) {
            next.handleRequest(exchange);
            return;
        }
        Fault fault = planned.get();
        switch (fault.kind()) {
            case STATUS -> status.send(exchange, fault);
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
            case GRPC, CODE -> throw new IllegalStateException("a fault for Clarifai is planned for " + call);
        }
    }

    /** Linger off: the client sees a reset, not an orderly end. */
    private static void reset(HttpServerExchange exchange) throws IOException {
        exchange.getConnection().setOption(Options.CLOSE_ABORT, true);
        exchange.getConnection().close();
    }

    public static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
