package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;

/** Puts the text of an error into the header where Thrift clients look for it. */
final class ThriftErrorHeader implements HttpHandler {

    private static final HttpString MESSAGE = new HttpString("X-Thriftserver-Error-Message");

    private final HttpHandler next;

    ThriftErrorHeader(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        try {
            next.handleRequest(exchange);
        } catch (ApiError e) {
            exchange.getResponseHeaders().put(MESSAGE, e.code() + ": " + e.getMessage());
            throw e;
        }
    }
}
