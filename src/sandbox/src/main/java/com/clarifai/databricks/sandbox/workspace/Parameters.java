package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/** The query and path parameters of a request. */
record Parameters(HttpServerExchange exchange) {

    static Parameters of(HttpServerExchange exchange) {
        return new Parameters(exchange);
    }

    Optional<String> find(String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null
                ? Optional.empty()
                : Optional.of(values.getFirst()).filter(value -> !value.isEmpty());
    }

    String require(String name) {
        return find(name).orElseThrow(() -> ApiError.invalid("Missing required parameter: " + name));
    }

    OptionalInt number(String name) {
        return find(name).map(value -> OptionalInt.of(number(name, value))).orElseGet(OptionalInt::empty);
    }

    boolean flag(String name) {
        return find(name).map(Boolean::parseBoolean).orElse(false);
    }

    private static int number(String name, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw ApiError.invalid("Parameter " + name + " must be a non-negative number, not '" + value + "'");
        }
        return Integer.parseInt(value);
    }
}
