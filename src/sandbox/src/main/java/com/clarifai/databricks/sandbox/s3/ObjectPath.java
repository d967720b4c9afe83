package com.clarifai.databricks.sandbox.s3;

import io.undertow.server.HttpServerExchange;

/** What a path-style request is about; bucket and key are empty if there is none. */
record ObjectPath(String bucket, String key) {

    static ObjectPath of(HttpServerExchange exchange) {
        String[] parts = exchange.getRequestPath().substring(1).split("/", 2);
        return new ObjectPath(parts[0], parts.length == 2 ? parts[1] : "");
    }
}
