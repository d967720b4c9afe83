package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One typed call.
 *
 * @param name as in Clarifai's API, for messages
 * @param repeatable may be repeated even when an earlier attempt may still be at work
 * @param usable whether an answer is good for the caller; any other one is a failure
 * @param onFailedAttempt is told of each attempt that failed, also of those that are repeated
 */
record Call<R>(
        String name,
        Function<V2FutureStub, ListenableFuture<R>> send,
        Function<R, Status> status,
        boolean repeatable,
        Predicate<R> usable,
        Consumer<ClarifaiException> onFailedAttempt) {

    static <R> Call<R> read(String name, Function<V2FutureStub, ListenableFuture<R>> send, Function<R, Status> status) {
        return new Call<>(name, send, status, true, answer -> isSuccess(status.apply(answer)), failure -> {});
    }

    /** A write that leaves the same behind however often it is carried out. */
    static <R> Call<R> idempotent(
            String name, Function<V2FutureStub, ListenableFuture<R>> send, Function<R, Status> status) {
        return read(name, send, status);
    }

    static <R> Call<R> write(
            String name, Function<V2FutureStub, ListenableFuture<R>> send, Function<R, Status> status) {
        return new Call<>(name, send, status, false, answer -> isSuccess(status.apply(answer)), failure -> {});
    }

    Call<R> accepting(Predicate<R> usable) {
        return new Call<>(name, send, status, repeatable, this.usable.or(usable), onFailedAttempt);
    }

    Call<R> onFailedAttempt(Consumer<ClarifaiException> observer) {
        return new Call<>(name, send, status, repeatable, usable, observer);
    }

    private static boolean isSuccess(Status status) {
        return status.getCode() == StatusCode.SUCCESS;
    }
}
