package com.clarifai.databricks.clarifai;

import com.clarifai.credentials.ClarifaiCallCredentials;
import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.model.CallListener;
import com.clarifai.databricks.model.UploadTime;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.Status;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends typed calls: paced, with a deadline, checked, repeated where that may help. */
final class ClarifaiCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClarifaiCalls.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ManagedChannel channel;
    private final V2FutureStub stub;
    private final ClarifaiSettings settings;
    private final CallListener listener;
    private final ClarifaiFailures failures;
    private final ScheduledThreadPoolExecutor scheduler;
    private final RequestPacer pacer;
    private final List<Retry> retries;
    private final Set<CompletableFuture<?>> unfinished = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ClarifaiCalls(ClarifaiSettings settings, CallListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.failures = new ClarifaiFailures(settings);
        this.channel = ClarifaiChannels.open(settings);
        this.stub = V2Grpc.newFutureStub(channel).withCallCredentials(new ClarifaiCallCredentials(settings.pat()));
        this.scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "clarifai-calls");
            thread.setDaemon(true);
            return thread;
        });
        // a task that comes after close() has nobody waiting for it any more
        scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.pacer = new RequestPacer(
                settings.requestsPerSecond(),
                settings.turn(),
                settings.retries().throttled(),
                scheduler);
        this.retries = retries(settings.retries());
    }

    /** The answer, or a {@link ClarifaiException}. */
    <R> CompletableFuture<R> send(Call<R> call) {
        Supplier<CompletionStage<R>> attempts = () -> attempt(call);
        for (Retry retry : retries) {
            attempts = Retry.decorateCompletionStage(retry, scheduler, attempts);
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        unfinished.add(result);
        result.whenComplete((answer, failure) -> unfinished.remove(result));
        if (closed) {
            result.completeExceptionally(closedWhile(call.name()));
            return result;
        }
        attempts.get().whenComplete((answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else {
                result.completeExceptionally(ClarifaiException.unwrap(failure));
            }
        });
        return result;
    }

    /**
     * As {@link #send}, for a call whose items have a status each: succeeds when all have one, even where that is a failure.
     *
     * @param items how many items the request has
     * @param statuses those of an answer's items
     */
    <R> CompletableFuture<ItemStatuses> sendItems(Call<R> call, int items, Function<R, List<Status>> statuses) {
        AtomicBoolean repeated = new AtomicBoolean();
        Call<R> observed = call.accepting(answer ->
                        ClarifaiFailures.recovery(call.status().apply(answer).getCode()) == Recovery.NONE
                                && hasEach(statuses.apply(answer), items))
                .onFailedAttempt(failure -> {
                    if (failure.recovery().mayHaveBeenDone()) {
                        repeated.set(true);
                    }
                });
        return send(observed).thenApply(answer -> {
            List<Status> each = statuses.apply(answer);
            // a success need not go into detail
            return new ItemStatuses(
                    hasEach(each, items)
                            ? each
                            : Collections.nCopies(items, call.status().apply(answer)),
                    repeated.get(),
                    status -> failures.ofBody(call.name(), status));
        });
    }

    private static boolean hasEach(List<Status> statuses, int items) {
        return statuses.size() == items && statuses.stream().noneMatch(status -> status.getCodeValue() == 0);
    }

    private <R> CompletableFuture<R> attempt(Call<R> call) {
        return connected().thenCompose(connected -> pacer.admit()).thenCompose(admitted -> {
            long sentAt = System.nanoTime();
            Duration limit = settings.requestTimeout().plus(UploadTime.ofBytes(call.bytes()));
            V2FutureStub timed = stub.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS);
            return completable(call.send().apply(timed))
                    .handle((answer, failure) -> checked(call, sentAt, answer, failure));
        });
    }

    /**
     * Completes when there is a connection, or it is known that none can be made: what the pacer lets out while one is being
     * made would leave all at once.
     */
    private CompletableFuture<Void> connected() {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        if (settings.requestsPerSecond() > 0) {
            awaitConnection(connected);
        } else {
            connected.complete(null);
        }
        return connected;
    }

    private void awaitConnection(CompletableFuture<Void> connected) {
        ConnectivityState state = channel.getState(true);
        if (state == ConnectivityState.IDLE || state == ConnectivityState.CONNECTING) {
            channel.notifyWhenStateChanged(state, () -> awaitConnection(connected));
        } else {
            connected.complete(null);
        }
    }

    private <R> R checked(Call<R> call, long sentAt, R answer, Throwable failure) {
        ClarifaiException refused = failure != null
                ? failures.ofTransport(call.name(), failure)
                : call.usable().test(answer)
                        ? null
                        : failures.ofBody(call.name(), call.status().apply(answer));
        Duration took = Duration.ofNanos(System.nanoTime() - sentAt);
        listener.answered(
                call.name(), took, refused == null ? null : refused.kind().name());
        if (refused == null) {
            pacer.succeeded();
            return answer;
        }
        if (refused.recovery() == Recovery.PAUSE) {
            pacer.throttled(sentAt);
        } else if (refused.recovery() == Recovery.RENEW_CONNECTION) {
            // calls that are under way go on; the next one opens a connection
            channel.enterIdle();
        }
        call.onFailedAttempt().accept(refused);
        throw refused;
    }

    /** One retry a kind of failure, each with a limit of its own, to be nested. */
    private List<Retry> retries(RetrySettings retries) {
        return List.of(
                retry("unreachable", retries.unreachable(), Recovery.RECONNECT),
                retry("silent", retries.silent(), Recovery.RENEW_CONNECTION),
                retry("passing", retries.passing(), Recovery.RETRY),
                retry("exhausted", retries.exhausted(), Recovery.WAIT),
                // the pacer does the waiting, for all calls
                retry("throttled", new Backoff(retries.throttled().attempts(), AT_ONCE, AT_ONCE), Recovery.PAUSE));
    }

    private Retry retry(String name, Backoff backoff, Recovery recovery) {
        Retry retry = Retry.of(
                "clarifai-" + name,
                RetryConfig.custom()
                        .maxAttempts(backoff.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialBackoff(backoff.first(), 2, backoff.max()))
                        .retryOnException(
                                failure -> ClarifaiException.unwrap(failure) instanceof ClarifaiException known
                                        && known.recovery() == recovery)
                        .build());
        retry.getEventPublisher()
                .onRetry(event -> listener.repeated())
                .onRetry(event -> LOG.info(
                        "{}; trying again, {} of {} times",
                        ClarifaiException.unwrap(event.getLastThrowable()).getMessage(),
                        event.getNumberOfRetryAttempts(),
                        backoff.attempts() - 1));
        return retry;
    }

    private static <R> CompletableFuture<R> completable(ListenableFuture<R> listenable) {
        CompletableFuture<R> future = new CompletableFuture<>();
        Futures.addCallback(
                listenable,
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(R answer) {
                        future.complete(answer);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        future.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return future;
    }

    /** Fails what is still under way. */
    @Override
    public void close() {
        closed = true;
        scheduler.shutdownNow();
        channel.shutdownNow();
        unfinished.forEach(result -> result.completeExceptionally(closedWhile("The call")));
    }

    private static ClarifaiException closedWhile(String call) {
        return new ClarifaiException(
                Kind.UNREACHABLE, Recovery.NONE, call + " was given up: the client is closed", (Throwable) null);
    }
}
