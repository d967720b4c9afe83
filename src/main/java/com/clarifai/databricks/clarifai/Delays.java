package com.clarifai.databricks.clarifai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Waits without a thread. */
final class Delays {

    private Delays() {}

    static CompletableFuture<Void> after(Duration delay) {
        Executor later = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
        return CompletableFuture.runAsync(() -> {}, later);
    }
}
