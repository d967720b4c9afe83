package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import java.util.concurrent.Semaphore;

/** Answers 429 to requests that come while as many as allowed are not finished yet. */
final class InFlightLimit {

    private final Semaphore free;

    InFlightLimit(int requests) {
        free = new Semaphore(requests);
    }

    HttpHandler limit(HttpHandler next) {
        return exchange -> {
            if (!free.tryAcquire()) {
                throw ApiError.tooManyRequests("Too many concurrent requests to the Files API.", 1);
            }
            exchange.addExchangeCompleteListener((e, nextListener) -> {
                free.release();
                nextListener.proceed();
            });
            next.handleRequest(exchange);
        };
    }
}
