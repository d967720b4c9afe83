package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.databricks.model.WaitListener.Wait;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.InputsAddJobProgress;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Waits until Clarifai has processed the inputs of all rows with status PENDING.
 *
 * <p>Each ends as PROCESSED, with the columns that Clarifai knows of and the outcome IMPORTED unless it is EXISTING, or
 * as REJECTED with the reason; a failed input that this run uploaded is deleted from the app when that is wanted. One in
 * a state of unknown meaning is left alone and its row ends with status and outcome UNKNOWN.
 */
public final class InputProcessing {

    /** Clarifai could not read the image where it was to find it. */
    private static final Set<StatusCode> NOT_FETCHED = EnumSet.of(
            StatusCode.INPUT_DOES_NOT_EXIST,
            StatusCode.INPUT_PERMISSION_DENIED,
            StatusCode.INPUT_CONNECTION_FAILED,
            StatusCode.INPUT_STORAGE_HOST_FAILED);

    private final Inputs inputs;
    private final InputDeletion deletion;
    private final boolean deleteFailed;
    private final Polling polling;

    public InputProcessing(ClarifaiClient client, boolean deleteFailed, Polling polling) {
        this.inputs = client.inputs();
        this.deletion = new InputDeletion(client);
        this.deleteFailed = deleteFailed;
        this.polling = polling;
    }

    /**
     * @param jobId inputs-add job that the inputs are counted in, asked first as that is cheaper; null to ask for the
     *     inputs only
     * @param listener is told how many of them have been processed
     */
    public CompletableFuture<Void> await(
            AppRef app, List<Map<String, Object>> rows, String jobId, WaitListener listener) {
        Run run = new Run(app, Rows.byId(rows, row -> Rows.is(row, InputStatus.PENDING)), jobId, listener);
        int all = run.pending.size();
        return polling.until(
                run::proceed,
                () -> new ClarifaiException(
                        Kind.INTERNAL,
                        Recovery.NONE,
                        run.pending.size() + " of " + all + " inputs are still not processed after "
                                + polling.timeout(),
                        (Throwable) null));
    }

    /** One wait. Its steps follow one another, so they never share it at the same time. */
    private final class Run {

        private final AppRef app;
        private final Map<String, List<Map<String, Object>>> pending;
        private final Set<String> missing = new HashSet<>();
        private final WaitListener listener;
        private final int all;
        private String job;

        private Run(AppRef app, Map<String, List<Map<String, Object>>> pending, String job, WaitListener listener) {
            this.app = app;
            this.pending = pending;
            this.all = pending.size();
            this.job = job;
            this.listener = listener;
        }

        private void tell(long processed) {
            listener.waitsFor(new Wait("Clarifai to process the inputs", Math.min(processed, all), all));
        }

        private CompletableFuture<Boolean> proceed() {
            if (pending.isEmpty()) {
                return CompletableFuture.completedFuture(true);
            }
            return isJobDone()
                    .thenCompose(done -> done
                            ? askForInputs().thenApply(asked -> {
                                tell(all - pending.size());
                                return pending.isEmpty();
                            })
                            : CompletableFuture.completedFuture(false));
        }

        private CompletableFuture<Boolean> isJobDone() {
            if (job == null) {
                return CompletableFuture.completedFuture(true);
            }
            return inputs.job(app, job)
                    .thenApply(asked -> {
                        InputsAddJobProgress progress = asked.getProgress();
                        tell(progress.getSuccessCount() + (long) progress.getFailedCount());
                        return isDone(asked);
                    })
                    .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                            ? CompletableFuture.completedFuture(true)
                            : CompletableFuture.failedFuture(failure))
                    .thenApply(done -> {
                        if (done) {
                            job = null;
                        }
                        return done;
                    });
        }

        private CompletableFuture<Void> askForInputs() {
            return Rows.inChunks(List.copyOf(pending.keySet()), ids -> inputs.get(app, ids)
                    .thenCompose(found -> settle(ids, found)));
        }

        private CompletableFuture<Void> settle(List<String> asked, List<Input> found) {
            List<String> failed = new ArrayList<>();
            for (Input input : found) {
                missing.remove(input.getId());
                if (InputRows.status(input.getStatus()) == InputStatus.PENDING) {
                    continue;
                }
                List<Map<String, Object>> rows = pending.remove(input.getId());
                if (rows != null
                        && rows.stream().filter(row -> settle(row, input)).count() > 0) {
                    failed.add(input.getId());
                }
            }
            giveUpMissing(asked, found.stream().map(Input::getId).collect(Collectors.toSet()));
            return failed.isEmpty() || !deleteFailed
                    ? CompletableFuture.completedFuture(null)
                    : deletion.delete(app, failed);
        }

        /** @return whether an input that this run uploaded has failed */
        private boolean settle(Map<String, Object> row, Input input) {
            boolean existing = Rows.is(row, Outcome.EXISTING);
            InputStatus state = InputRows.status(input.getStatus());
            if (state == InputStatus.REJECTED) {
                Rows.reject(row, input.getStatus());
                if (Boolean.TRUE.equals(row.get(InputColumns.LENT))
                        && NOT_FETCHED.contains(input.getStatus().getCode())) {
                    // the address may have expired before it was Clarifai's turn to read it
                    row.put(InputColumns.UNREAD, true);
                }
                return !existing;
            }
            if (state == InputStatus.UNKNOWN) {
                Rows.unknown(row, input, app);
                return false;
            }
            if (existing) {
                InputRows.putStatus(row, input.getStatus());
                Rows.complete(row, input, app);
            } else {
                row.putAll(InputRows.toRow(input, app.userId(), app.appId()));
                Rows.mark(row, Outcome.IMPORTED);
            }
            return false;
        }

        /** An input just posted may not be listed yet: only one that is missing twice in a row is gone. */
        private void giveUpMissing(List<String> asked, Set<String> found) {
            for (String id : asked) {
                if (!found.contains(id) && !missing.add(id)) {
                    pending.remove(id).forEach(row -> Rows.reject(row, null, "The input was deleted while processing"));
                }
            }
        }
    }

    private static boolean isDone(InputsAddJob job) {
        return switch (job.getStatus().getCode()) {
            case JOB_COMPLETED, JOB_FAILED, JOB_CANCELLED -> true;
            default -> {
                InputsAddJobProgress progress = job.getProgress();
                boolean started = progress.getSuccessCount() + progress.getFailedCount() > 0;
                yield started && progress.getPendingCount() + progress.getInProgressCount() == 0;
            }
        };
    }
}
