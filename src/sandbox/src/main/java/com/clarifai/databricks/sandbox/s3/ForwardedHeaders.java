package com.clarifai.databricks.sandbox.s3;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/**
 * Keeps from the store what it would stumble over, and S3 does not: the offer of a client to go on in HTTP/2, which
 * Java's own client makes with every request, and a body that says it is a form, as {@code curl --data-binary} does: the
 * store would look for its parameters in there.
 */
record ForwardedHeaders(HttpHandler next) implements HttpHandler {

    private static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");
    private static final String FORM = "application/x-www-form-urlencoded";

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getRequestHeaders();
        if (headers.contains(Headers.UPGRADE)) {
            headers.remove(Headers.UPGRADE);
            headers.remove(HTTP2_SETTINGS);
            headers.remove(Headers.CONNECTION);
        }
        String type = headers.getFirst(Headers.CONTENT_TYPE);
        if (exchange.getRequestMethod().equals(Methods.PUT) && type != null && type.startsWith(FORM)) {
            headers.put(Headers.CONTENT_TYPE, "application/octet-stream");
        }
        next.handleRequest(exchange);
    }
}
