package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ItemRequests.Result;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.mapping.SignedUrls;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.databricks.picture.PictureCheck;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Uploads the rows that have no status yet.
 *
 * <p>Each ends as PENDING (taken) or as REJECTED with the reason. Whether an input exists already, the answer tells: such
 * ones are looked up behind it, and their rows end as {@link InputLookup} says. A failure that is not one row's own (token, app, rate limit, connection) fails the whole; rows that were settled before
 * keep their status, so that the same rows can be given again. Image bytes and signed addresses leave
 * the rows at the end.
 */
public final class InputUpload {

    public static final int DEFAULT_MAX_BATCH_BYTES = 32 * 1024 * 1024;

    private final Inputs inputs;
    private final InputLookup lookup;
    private final long maxBatchBytes;
    private final boolean allowDuplicateUrl;
    private final Backoff backoff;

    private record Upload(Map<String, Object> row, Input message) implements ItemRequests.Item {}

    /**
     * @param lookup of inputs that exist already
     * @param maxBatchBytes most bytes of one request; a single larger input still goes, alone
     * @param allowDuplicateUrl whether an image may be uploaded by a URL that another input of the app has
     *     ({@code Image.allow_duplicate_url}); otherwise its row is rejected
     */
    public InputUpload(ClarifaiClient client, InputLookup lookup, long maxBatchBytes, boolean allowDuplicateUrl) {
        this.inputs = client.inputs();
        this.lookup = lookup;
        this.maxBatchBytes = maxBatchBytes;
        this.allowDuplicateUrl = allowDuplicateUrl;
        this.backoff = client.settings().retries().passing();
    }

    /** @param jobId id of the inputs-add job to count the inputs in; null for one job a request */
    public CompletableFuture<Void> upload(AppRef app, List<Map<String, Object>> rows, String jobId) {
        long began = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        List<Result<Upload>> there = new ArrayList<>();
        return send(app, uploads(rows), jobId, there)
                .thenCompose(sent -> meet(app, there, began, jobId))
                .thenRun(() -> rows.forEach(InputUpload::clear));
    }

    /** @param there gets those whose id an input has already */
    private CompletableFuture<Void> send(AppRef app, List<Upload> uploads, String jobId, List<Result<Upload>> there) {
        return new ItemRequests<Upload>(
                        batch -> inputs.post(
                                app, batch.stream().map(Upload::message).toList(), jobId),
                        results -> settle(app, results, there),
                        ItemRequests::isAboutItems,
                        maxBatchBytes,
                        backoff)
                .send(uploads);
    }

    /**
     * Finds out what the inputs are that exist already. One that had failed may have been removed for its row, which is then
     * sent again; what is in its way once more is left to the wait for it.
     */
    private CompletableFuture<Void> meet(AppRef app, List<Result<Upload>> there, long began, String jobId) {
        if (there.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        there.stream().filter(Result::repeated).forEach(result -> {
            result.item().row().put(InputColumns.RESUMED, true);
            result.item().row().put(InputColumns.CLAIMED_AT, began);
        });
        List<Result<Upload>> again = new ArrayList<>();
        return lookup.lookup(
                        app, there.stream().map(result -> result.item().row()).toList())
                .thenCompose(found -> send(
                        app,
                        there.stream()
                                .map(Result::item)
                                .filter(upload -> Rows.isUndecided(upload.row()))
                                .toList(),
                        jobId,
                        again))
                .thenRun(() -> again.forEach(InputUpload::there));
    }

    /** Behind the answers to all requests: until then the messages hold the very bytes that are given back here. */
    private static void clear(Map<String, Object> row) {
        if (row.remove(InputColumns.IMAGE_BYTES) instanceof PooledBytes bytes) {
            bytes.giveBack();
        }
        if (row.remove(InputColumns.SIGNED_URL) != null) {
            row.put(InputColumns.LENT, true);
        }
    }

    private List<Upload> uploads(List<Map<String, Object>> rows) {
        List<Upload> uploads = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, Object> row : rows) {
            if (!Rows.isUndecided(row)) {
                continue;
            }
            try {
                Input input = input(row);
                Image image = input.getData().getImage();
                Optional<String> refusal =
                        image.getUrl().isEmpty() ? PictureCheck.refusal(image.getBase64()) : Optional.empty();
                if (refusal.isPresent()) {
                    Rows.reject(row, null, refusal.get());
                } else if (!ids.add(input.getId())) {
                    Rows.reject(row, null, "Another row of the same batch has the input id " + input.getId());
                } else {
                    uploads.add(new Upload(row, input));
                }
            } catch (IllegalArgumentException e) {
                Rows.reject(row, null, e.getMessage());
            }
        }
        return uploads;
    }

    private Input input(Map<String, Object> row) {
        Input input = InputRows.toInput(row);
        if (!allowDuplicateUrl || input.getData().getImage().getUrl().isEmpty()) {
            return input;
        }
        Input.Builder allowed = input.toBuilder();
        allowed.getDataBuilder().getImageBuilder().setAllowDuplicateUrl(true);
        return allowed.build();
    }

    private CompletableFuture<Void> settle(AppRef app, List<Result<Upload>> results, List<Result<Upload>> there) {
        List<Result<Upload>> duplicateUrls = new ArrayList<>();
        for (Result<Upload> result : results) {
            Map<String, Object> row = result.item().row();
            if (isTaken(result.status())) {
                pending(row, result.status());
            } else if (ClarifaiFailures.isDuplicateId(result.status())) {
                there.add(result);
            } else if (result.status().getCode() == StatusCode.INPUT_DUPLICATE) {
                duplicateUrls.add(result);
            } else {
                Rows.reject(row, result.status());
            }
        }
        return settleDuplicateUrls(app, duplicateUrls);
    }

    /** The input that has the URL already may be this very one, uploaded by an attempt whose reply was lost. */
    private CompletableFuture<Void> settleDuplicateUrls(AppRef app, List<Result<Upload>> duplicates) {
        if (duplicates.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> ids = duplicates.stream()
                .map(result -> result.item().message().getId())
                .toList();
        return inputs.get(app, ids).thenAccept(found -> {
            Set<String> existing = found.stream().map(Input::getId).collect(Collectors.toSet());
            for (Result<Upload> duplicate : duplicates) {
                Input input = duplicate.item().message();
                if (existing.contains(input.getId())) {
                    there(duplicate);
                } else {
                    Rows.reject(duplicate.item().row(), naming(input.getData().getImage(), duplicate.status()));
                }
            }
        });
    }

    private static Status naming(Image image, Status status) {
        String details = status.getDetails().isBlank() ? "" : " (" + status.getDetails() + ")";
        return status.toBuilder()
                .setDescription("Another input of the app has the URL " + SignedUrls.hidden(image.getUrl()) + details)
                .clearDetails()
                .build();
    }

    /** When the request was repeated, it may be this very upload that put the input there. */
    private static void there(Result<Upload> result) {
        pending(result.item().row(), result.status());
        if (!result.repeated()) {
            Rows.mark(result.item().row(), Outcome.EXISTING);
        }
    }

    private static void pending(Map<String, Object> row, Status status) {
        row.put(InputColumns.STATUS, InputStatus.PENDING.name());
        row.put(InputColumns.STATUS_CODE, status.getCodeValue());
        row.put(InputColumns.STATUS_MESSAGE, null);
    }

    /** An answer of unknown meaning does not say that the input was refused: what became of it, the wait for it tells. */
    private static boolean isTaken(Status status) {
        return switch (InputRows.status(status)) {
            case PROCESSED, PENDING -> true;
            case REJECTED -> false;
            case UNKNOWN ->
                status.getCode() == StatusCode.UNRECOGNIZED || InputStatus.isStateOfInput(status.getCodeValue());
        };
    }
}
