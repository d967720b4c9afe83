package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.MessageLite;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One typed call. It may be sent again although an earlier attempt was carried out, or is still at work: who writes
 * reckons with what is there already, or is gone.
 *
 * @param name as in Clarifai's API, for messages
 * @param bytes of the request
 * @param usable whether an answer is good for the caller; any other one is a failure
 * @param onFailedAttempt gets each failure of an attempt, also of those that are repeated
 */
record Call<R>(
        String name,
        int bytes,
        Function<V2FutureStub, ListenableFuture<R>> send,
        Function<R, Status> status,
        Predicate<R> usable,
        Consumer<ClarifaiException> onFailedAttempt) {

    /** @param method of the generated stub */
    static <Q extends MessageLite, R> Call<R> of(
            String name,
            Q request,
            BiFunction<V2FutureStub, Q, ListenableFuture<R>> method,
            Function<R, Status> status) {
        return new Call<>(
                name,
                request.getSerializedSize(),
                stub -> method.apply(stub, request),
                status,
                answer -> isSuccess(status.apply(answer)),
                failure -> {});
    }

    Call<R> accepting(Predicate<R> usable) {
        return new Call<>(name, bytes, send, status, this.usable.or(usable), onFailedAttempt);
    }

    Call<R> onFailedAttempt(Consumer<ClarifaiException> observer) {
        return new Call<>(name, bytes, send, status, usable, observer);
    }

    private static boolean isSuccess(Status status) {
        return status.getCode() == StatusCode.SUCCESS;
    }
}
