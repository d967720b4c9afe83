package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Answers 429 to Files API calls above so many at a time and so many in any one second; refused ones do not count.
 *
 * <p>Neither number is documented: a comment in the Databricks CLI gives 10 and 100. The words for the first are those of
 * <a href="https://github.com/databrickslabs/ucx/issues/401">a report</a>, those for the second and the wait are assumed.
 */
final class FilesThrottle {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final String workspace;
    private final int most;
    private final IntSupplier perSecond;
    private final Deque<Long> taken = new ArrayDeque<>();
    private int inFlight;

    /** @param perSecond asked for each call; 0 for any number */
    FilesThrottle(String workspace, int most, IntSupplier perSecond) {
        this.workspace = workspace;
        this.most = most;
        this.perSecond = perSecond;
    }

    HttpHandler limit(HttpHandler next) {
        return exchange -> {
            take();
            exchange.addExchangeCompleteListener((e, nextListener) -> {
                end();
                nextListener.proceed();
            });
            next.handleRequest(exchange);
        };
    }

    private synchronized void take() {
        if (inFlight >= most) {
            throw ApiError.tooManyRequests(
                    "Workspace " + workspace + " exceeded the concurrent limit of " + most + " requests.",
                    RETRY_AFTER_SECONDS);
        }
        int allowed = perSecond.getAsInt();
        long now = System.nanoTime();
        while (!taken.isEmpty() && now - taken.peekFirst() >= WINDOW) {
            taken.removeFirst();
        }
        if (allowed > 0 && taken.size() >= allowed) {
            throw ApiError.tooManyRequests(
                    "Your request was rejected since your organization has exceeded the rate limit. Please retry your"
                            + " request later.",
                    RETRY_AFTER_SECONDS);
        }
        taken.addLast(now);
        inFlight++;
    }

    private synchronized void end() {
        inFlight--;
    }
}
