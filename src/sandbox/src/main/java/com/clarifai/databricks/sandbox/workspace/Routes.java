package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.http.TrafficHandler;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;

/** The paths of the workspace, each with its error bodies, counted and faulty as planned, behind the token. */
final class Routes {

    private final RoutingHandler routing = new RoutingHandler();
    private final Traffic traffic;
    private final AccessTokens tokens;
    private final Switches switches;

    Routes(Traffic traffic, AccessTokens tokens, Switches switches) {
        this.switches = switches;
        HttpHandler unknown = open(exchange -> {
            throw endpointNotFound(exchange.getRequestMethod(), exchange.getRequestPath());
        });
        routing.setFallbackHandler(unknown).setInvalidMethodHandler(unknown);
        this.traffic = traffic;
        this.tokens = tokens;
    }

    /**
     * @param template a path such as {@code /api/2.1/unity-catalog/volumes/{full_name}}, or one ending in {@code /*}
     * @param target the name of the call in counts and faults, such as {@code uc:volumes}
     */
    Routes add(String method, String template, String target, HttpHandler api) {
        return addAnonymous(method, template, target, new BearerAuth(tokens, switches, api));
    }

    /** The same without a token. */
    Routes addAnonymous(String method, String template, String target, HttpHandler api) {
        HttpHandler counted = new TrafficHandler(traffic, exchange -> target, Routes::planned, api);
        routing.add(new HttpString(method), template, open(counted));
        return this;
    }

    /** A path without token or count. */
    Routes addOpen(String method, String template, HttpHandler api) {
        routing.add(new HttpString(method), template, open(api));
        return this;
    }

    /** A path and everything below it for an API that counts its own calls. */
    Routes addAll(String template, HttpHandler api) {
        HttpHandler handler = open(new BearerAuth(tokens, switches, late(api)));
        for (HttpString method : List.of(Methods.GET, Methods.POST, Methods.DELETE)) {
            routing.add(method, template, handler).add(method, template + "/*", handler);
        }
        return this;
    }

    /** A path for Thrift calls, which the API counts itself. */
    Routes addThrift(String template, HttpHandler api) {
        routing.add(Methods.POST, template, open(new ThriftErrorHeader(new BearerAuth(tokens, switches, late(api)))));
        return this;
    }

    private HttpHandler late(HttpHandler api) {
        return exchange -> {
            TrafficHandler.pause(traffic.latency());
            api.handleRequest(exchange);
        };
    }

    HttpHandler handler() {
        return routing;
    }

    private static void planned(HttpServerExchange exchange, Fault fault) {
        throw ApiError.planned(fault.number(), fault.retryAfter());
    }

    private HttpHandler open(HttpHandler api) {
        return new BlockingHandler(new ErrorHandler(exchange -> {
            exchange.putAttachment(Json.INT64_AS_STRING, switches.int64AsString());
            api.handleRequest(exchange);
        }));
    }

    private static ApiError endpointNotFound(HttpString method, String path) {
        return new ApiError(404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + path + "'");
    }
}
