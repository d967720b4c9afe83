package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.Inputs.Posted;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Uploads the rows that have no status yet.
 *
 * <p>Each ends as PENDING (taken; or there already, then with the outcome EXISTING) or as REJECTED with the reason. A
 * failure that is not one row's own (token, app, rate limit, connection) fails the whole; rows that were settled before
 * keep their status, so that the same rows can be given again. Image bytes leave the rows at the end.
 */
public final class InputUpload {

    public static final int DEFAULT_MAX_BATCH_BYTES = 32 * 1024 * 1024;

    /** Clarifai's limit for one image. */
    private static final int IMAGE_LIMIT = 20_000_000;

    private final Inputs inputs;
    private final long maxBatchBytes;
    private final Backoff backoff;

    private record Upload(Map<String, Object> row, Input input) {}

    /** @param maxBatchBytes most bytes of one request; a single larger input still goes, alone */
    public InputUpload(ClarifaiClient client, long maxBatchBytes) {
        this.inputs = client.inputs();
        this.maxBatchBytes = maxBatchBytes;
        this.backoff = client.settings().retries().passing();
    }

    /** @param jobId id of the inputs-add job to count the inputs in; null for one job a request */
    public CompletableFuture<Void> upload(AppRef app, List<Map<String, Object>> rows, String jobId) {
        return Rows.inOrder(batches(uploads(rows)), batch -> post(app, batch, jobId))
                .thenRun(() -> rows.forEach(row -> row.remove(InputColumns.IMAGE_BYTES)));
    }

    private static List<Upload> uploads(List<Map<String, Object>> rows) {
        List<Upload> uploads = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, Object> row : rows) {
            if (!Rows.isUndecided(row)) {
                continue;
            }
            try {
                Input input = InputRows.toInput(row);
                int size = input.getData().getImage().getBase64().size();
                if (size > IMAGE_LIMIT) {
                    Rows.reject(row, null, "The image has " + size + " bytes, Clarifai takes at most " + IMAGE_LIMIT);
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

    private List<List<Upload>> batches(List<Upload> uploads) {
        List<List<Upload>> batches = new ArrayList<>();
        List<Upload> batch = new ArrayList<>();
        long bytes = 0;
        for (Upload upload : uploads) {
            int size = upload.input().getSerializedSize();
            if (!batch.isEmpty() && (batch.size() == Inputs.REQUEST_LIMIT || bytes + size > maxBatchBytes)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(upload);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private CompletableFuture<Void> post(AppRef app, List<Upload> batch, String jobId) {
        return post(app, batch, jobId, 1);
    }

    private CompletableFuture<Void> post(AppRef app, List<Upload> batch, String jobId, int attempt) {
        return inputs.post(app, batch.stream().map(Upload::input).toList(), jobId)
                .thenCompose(posted -> settle(app, batch, jobId, posted, attempt))
                .exceptionallyCompose(failure -> isolate(app, batch, jobId, ClarifaiException.unwrap(failure)));
    }

    private CompletableFuture<Void> settle(AppRef app, List<Upload> batch, String jobId, Posted posted, int attempt) {
        boolean repeated = posted.repeated() || attempt > 1;
        List<Upload> again = new ArrayList<>();
        // by identity, as the rows in its keys change
        Map<Upload, Status> doubtful = new IdentityHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Upload upload = batch.get(i);
            Status status = posted.inputs().get(i).getStatus();
            if (Failures.recovery(status.getCode()) != Recovery.NONE && attempt < backoff.attempts()) {
                again.add(upload);
            } else if (status.getCode() == StatusCode.INPUT_DUPLICATE) {
                doubtful.put(upload, status);
            } else {
                settle(upload.row(), status, repeated);
            }
        }
        return settleDuplicateUrls(app, doubtful, repeated)
                .thenCompose(settled -> again.isEmpty()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : Delays.after(backoff.first().multipliedBy(attempt))
                                .thenCompose(waited -> post(app, again, jobId, attempt + 1)));
    }

    /** The input that has the URL already may be this very one, uploaded by an attempt whose reply was lost. */
    private CompletableFuture<Void> settleDuplicateUrls(AppRef app, Map<Upload, Status> duplicates, boolean repeated) {
        if (duplicates.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> ids = duplicates.keySet().stream()
                .map(upload -> upload.input().getId())
                .toList();
        return inputs.get(app, ids).thenAccept(found -> {
            Set<String> existing = found.stream().map(Input::getId).collect(Collectors.toSet());
            duplicates.forEach((upload, status) -> {
                if (existing.contains(upload.input().getId())) {
                    there(upload.row(), status, repeated);
                } else {
                    Rows.reject(upload.row(), status);
                }
            });
        });
    }

    /** Clarifai may refuse a request as a whole because of one input: halve it until that one is alone. */
    private CompletableFuture<Void> isolate(AppRef app, List<Upload> batch, String jobId, Throwable failure) {
        if (!(failure instanceof ClarifaiException refused) || !isAboutInputs(refused)) {
            return CompletableFuture.failedFuture(failure);
        }
        List<Upload> open =
                batch.stream().filter(upload -> Rows.isUndecided(upload.row())).toList();
        if (open.size() == 1) {
            Status status = Status.newBuilder()
                    .setCodeValue(refused.getCode())
                    .setDescription(refused.getDescription())
                    .setDetails(refused.getDetails())
                    .build();
            settle(open.get(0).row(), status, false);
            return CompletableFuture.completedFuture(null);
        }
        int half = open.size() / 2;
        return Rows.inOrder(
                List.of(open.subList(0, half), open.subList(half, open.size())), part -> post(app, part, jobId));
    }

    private static boolean isAboutInputs(ClarifaiException refused) {
        StatusCode code = StatusCode.forNumber(refused.getCode());
        boolean inputCode =
                code != null && (code.name().startsWith("INPUT_") || code.name().startsWith("ALL_INPUT_"));
        return switch (refused.getKind()) {
            case INVALID -> code != StatusCode.CONN_BAD_REQUEST_FORMAT && code != StatusCode.CONN_METHOD_NOT_ALLOWED;
            case NOT_FOUND, ALREADY_EXISTS -> inputCode || code == StatusCode.DATABASE_DUPLICATE_KEY;
            case INTERNAL -> inputCode && code != StatusCode.INPUT_WRITES_DISABLED_FOR_MAINTENANCE;
            default -> false;
        };
    }

    private static void settle(Map<String, Object> row, Status status, boolean repeated) {
        if (isTaken(status)) {
            pending(row, status);
        } else if (isDuplicateId(status)) {
            there(row, status, repeated);
        } else {
            Rows.reject(row, status);
        }
    }

    /** @param repeated whether it may be this very upload that put it there */
    private static void there(Map<String, Object> row, Status status, boolean repeated) {
        pending(row, status);
        if (!repeated) {
            Rows.mark(row, Outcome.EXISTING);
        }
    }

    private static void pending(Map<String, Object> row, Status status) {
        row.put(InputColumns.STATUS, InputStatus.PENDING.name());
        row.put(InputColumns.STATUS_CODE, status.getCodeValue());
        row.put(InputColumns.STATUS_MESSAGE, null);
    }

    private static boolean isTaken(Status status) {
        return status.getCode() == StatusCode.SUCCESS || InputRows.status(status) != InputStatus.REJECTED;
    }

    /** An existing id has no code of its own. */
    private static boolean isDuplicateId(Status status) {
        String text = (status.getDescription() + ' ' + status.getDetails()).toLowerCase(Locale.ROOT);
        return status.getCode() == StatusCode.DATABASE_DUPLICATE_KEY
                || status.getCode() == StatusCode.INPUT_INVALID_ARGUMENT && text.contains("duplicate id");
    }
}
