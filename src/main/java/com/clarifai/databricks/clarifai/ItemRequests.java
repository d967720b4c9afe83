package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sends many items in requests that Clarifai answers item by item.
 *
 * <p>Requests are cut by count and bytes. Items that failed for a moment are sent again; a request that is refused as a
 * whole because of one item is halved until that one is alone. Any other failure of a request fails the whole, also when
 * the answer gives it as the status of each item; the other items are settled first.
 *
 * @param <T> item
 */
final class ItemRequests<T extends ItemRequests.Item> {

    /** What is to be sent. */
    interface Item {
        MessageLite message();
    }

    /** How one item ended; {@code repeated}: an earlier attempt may have been carried out, its reply lost. */
    record Result<T>(T item, Status status, boolean repeated) {}

    private final Function<List<T>, CompletableFuture<ItemStatuses>> request;
    private final Function<List<Result<T>>, CompletableFuture<Void>> settle;
    private final Predicate<ClarifaiException> aboutItems;
    private final long maxBytes;
    private final Backoff backoff;

    /**
     * @param request sends at most {@value Inputs#REQUEST_LIMIT} items
     * @param settle is given the results of a request, each item exactly once over all
     * @param aboutItems whether a request was refused because of some item; see {@link #isAboutItems}
     * @param maxBytes most bytes of one request; a single larger item still goes, alone
     */
    ItemRequests(
            Function<List<T>, CompletableFuture<ItemStatuses>> request,
            Function<List<Result<T>>, CompletableFuture<Void>> settle,
            Predicate<ClarifaiException> aboutItems,
            long maxBytes,
            Backoff backoff) {
        this.request = request;
        this.settle = settle;
        this.aboutItems = aboutItems;
        this.maxBytes = maxBytes;
        this.backoff = backoff;
    }

    CompletableFuture<Void> send(List<T> items) {
        return Rows.inOrder(batches(items), batch -> send(batch, 1));
    }

    private List<List<T>> batches(List<T> items) {
        List<List<T>> batches = new ArrayList<>();
        List<T> batch = new ArrayList<>();
        long bytes = 0;
        for (T item : items) {
            int size = item.message().getSerializedSize();
            if (!batch.isEmpty() && (batch.size() == Inputs.REQUEST_LIMIT || bytes + size > maxBytes)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(item);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private CompletableFuture<Void> send(List<T> items, int attempt) {
        return request.apply(items)
                .handle((answer, failure) -> failure == null
                        ? settle(items, answer, attempt)
                        : isolate(items, ClarifaiException.unwrap(failure), attempt))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Void> settle(List<T> items, ItemStatuses answer, int attempt) {
        List<T> again = new ArrayList<>();
        List<Result<T>> results = new ArrayList<>();
        List<Status> ofRequest = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Status status = answer.statuses().get(i);
            if (isOfRequest(status, answer)) {
                ofRequest.add(status);
            } else if (ClarifaiFailures.recovery(status.getCode()) != Recovery.NONE && attempt < backoff.attempts()) {
                again.add(items.get(i));
            } else {
                results.add(new Result<>(items.get(i), status, answer.repeated() || attempt > 1));
            }
        }
        CompletableFuture<Void> settled = settle.apply(results);
        if (!ofRequest.isEmpty()) {
            ClarifaiException refused = answer.refusal().apply(ofRequest.get(0));
            return settled.thenCompose(done -> CompletableFuture.failedFuture(refused));
        }
        return again.isEmpty()
                ? settled
                : settled.thenCompose(done -> Delays.after(backoff.first().multipliedBy(attempt)))
                        .thenCompose(waited -> send(again, attempt + 1));
    }

    /**
     * Whether an item was refused for a reason that is not its own: the token, the account's limits, or something that all
     * items of the request need and that is not there, such as their dataset.
     */
    private boolean isOfRequest(Status status, ItemStatuses answer) {
        ClarifaiException refused = answer.refusal().apply(status);
        if (refused.recovery() != Recovery.NONE || aboutItems.test(refused)) {
            return false;
        }
        return switch (refused.kind()) {
            case UNAUTHENTICATED, THROTTLED -> true;
            case PERMISSION_DENIED -> status.getCode() != StatusCode.ANNOTATION_PERMISSION_DENIED;
            case NOT_FOUND ->
                answer.statuses().stream().allMatch(other -> other.getCodeValue() == status.getCodeValue());
            default -> false;
        };
    }

    private CompletableFuture<Void> isolate(List<T> items, Throwable failure, int attempt) {
        if (!(failure instanceof ClarifaiException refused) || !aboutItems.test(refused)) {
            return CompletableFuture.failedFuture(failure);
        }
        if (items.size() == 1) {
            Status status = Status.newBuilder()
                    .setCodeValue(refused.code())
                    .setDescription(refused.description())
                    .setDetails(refused.details())
                    .build();
            return settle.apply(List.of(new Result<>(items.get(0), status, attempt > 1)));
        }
        int half = items.size() / 2;
        return Rows.inOrder(
                List.of(items.subList(0, half), items.subList(half, items.size())), part -> send(part, attempt));
    }

    static boolean isAboutItems(ClarifaiException refused) {
        StatusCode code = StatusCode.forNumber(refused.code());
        return switch (refused.kind()) {
            case INVALID -> code != StatusCode.CONN_BAD_REQUEST_FORMAT && code != StatusCode.CONN_METHOD_NOT_ALLOWED;
            case NOT_FOUND, ALREADY_EXISTS -> isOfItem(code) || code == StatusCode.DATABASE_DUPLICATE_KEY;
            case INTERNAL -> isOfItem(code) && code != StatusCode.INPUT_WRITES_DISABLED_FOR_MAINTENANCE;
            default -> false;
        };
    }

    /** For items that belong to inputs known to exist: what does not exist any more is one of these. */
    static boolean isAboutItemsOfInputs(ClarifaiException refused) {
        return refused.kind() == Kind.NOT_FOUND || isAboutItems(refused);
    }

    private static boolean isOfItem(StatusCode code) {
        return code != null
                && (code.name().startsWith("INPUT_")
                        || code.name().startsWith("ALL_INPUT_")
                        || code.name().startsWith("ANNOTATION_"));
    }
}
