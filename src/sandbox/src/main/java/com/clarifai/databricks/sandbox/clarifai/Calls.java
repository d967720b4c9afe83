package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What all calls have in common: counting, planned faults, credentials, the rate limit, and errors in the body of an
 * answer that gRPC calls a success.
 */
final class Calls {

    private static final System.Logger LOG = System.getLogger(Calls.class.getName());

    private final Traffic traffic;
    private final Authentication authentication;
    private final RateLimit rateLimit;
    private final ClarifaiTables tables;
    private volatile Duration latency;

    Calls(
            Traffic traffic,
            Authentication authentication,
            RateLimit rateLimit,
            ClarifaiTables tables,
            Duration latency) {
        this.traffic = traffic;
        this.authentication = authentication;
        this.rateLimit = rateLimit;
        this.tables = tables;
        this.latency = latency;
    }

    void setLatency(Duration newLatency) {
        latency = newLatency;
    }

    /** Answers a call on an app, which must exist. */
    <Q extends Message, A extends Message> void inApp(
            String rpc, Q request, A empty, StreamObserver<A> observer, BiFunction<String, Q, A> operation) {
        asUser(rpc, request, empty, observer, checked -> {
            String app = owner(checked).getAppId();
            authentication.checkOwner(
                    owner(checked), tables.store().read(() -> tables.apps().get(app)));
            return operation.apply(app, checked);
        });
    }

    /** Answers a call on what belongs to the user. */
    <Q extends Message, A extends Message> void asUser(
            String rpc, Q request, A empty, StreamObserver<A> observer, Function<Q, A> operation) {
        Optional<Fault> fault = traffic.call("clarifai:" + rpc);
        pause(latency);
        io.grpc.Status broken = null;
        if (fault.isPresent()) {
            switch (fault.get().kind()) {
                case DELAY -> pause(fault.get().delay());
                case CODE -> {
                    send(observer, withStatus(empty, Statuses.of(fault.get().number())));
                    return;
                }
                case LOST -> broken = io.grpc.Status.UNAVAILABLE.withDescription("the answer is lost");
                default -> {
                    observer.onError(transportError(fault.get()).asRuntimeException());
                    return;
                }
            }
        }
        A answer = answer(rpc, request, empty, operation);
        if (broken == null) {
            send(observer, answer);
        } else {
            observer.onError(broken.asRuntimeException());
        }
    }

    private <Q extends Message, A extends Message> A answer(String rpc, Q request, A empty, Function<Q, A> operation) {
        try {
            authentication.checkKey();
            rateLimit.take();
            authentication.checkUser(owner(request));
            return operation.apply(request);
        } catch (Refusal e) {
            return withStatus(empty, e.status());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, rpc, e);
            return withStatus(empty, Statuses.of(StatusCode.INTERNAL_UNCATEGORIZED, "see the sandbox's log"));
        }
    }

    private static UserAppIDSet owner(Message request) {
        return (UserAppIDSet) request.getField(request.getDescriptorForType().findFieldByName("user_app_id"));
    }

    @SuppressWarnings("unchecked")
    private static <A extends Message> A withStatus(A answer, Status status) {
        return (A) answer.toBuilder()
                .setField(answer.getDescriptorForType().findFieldByName("status"), status)
                .build();
    }

    private static <A extends Message> void send(StreamObserver<A> observer, A answer) {
        Status status = (Status) answer.getField(answer.getDescriptorForType().findFieldByName("status"));
        Status known = status.getCodeValue() == 0 ? Statuses.SUCCESS : status;
        observer.onNext(withStatus(
                answer, known.toBuilder().setReqId(Authentication.requestId()).build()));
        observer.onCompleted();
    }

    /** The status that a client sees for a fault of the transport, HTTP ones mapped as gRPC's documentation has it. */
    private static io.grpc.Status transportError(Fault fault) {
        io.grpc.Status status =
                switch (fault.kind()) {
                    case GRPC -> io.grpc.Status.fromCode(io.grpc.Status.Code.valueOf(fault.argument()));
                    case STATUS ->
                        switch (fault.number()) {
                            case 400 -> io.grpc.Status.INTERNAL;
                            case 401 -> io.grpc.Status.UNAUTHENTICATED;
                            case 403 -> io.grpc.Status.PERMISSION_DENIED;
                            case 404 -> io.grpc.Status.UNIMPLEMENTED;
                            case 429, 502, 503, 504 -> io.grpc.Status.UNAVAILABLE;
                            default -> io.grpc.Status.UNKNOWN;
                        };
                    default -> io.grpc.Status.UNAVAILABLE;
                };
        return status.withDescription("planned fault");
    }

    private static void pause(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
