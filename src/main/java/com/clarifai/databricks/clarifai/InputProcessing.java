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
import com.google.common.collect.Lists;
import java.time.Duration;
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

    /** From so many on the inputs that were added last are listed before single ones are asked for, as that takes fewer requests. */
    private static final int LISTED = 3 * Inputs.REQUEST_LIMIT;

    /** So many pages of that list may be of others. */
    private static final int OTHERS = 2;

    /** Of an app: the last input of this client in the list of all that were added. What it posts later comes behind it. */
    private record Place(AppRef app, String id) {}

    private final Inputs inputs;
    private final InputDeletion deletion;
    private final boolean deleteFailed;
    private final Polling polling;

    /** How long many inputs took last time, as far as that is worth waiting for before the first question; zero: not known. */
    private volatile Duration usual = Duration.ZERO;

    private volatile Place reached = new Place(null, null);

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
        boolean many = run.all > LISTED;
        long began = System.nanoTime();
        return (many ? run.beginLate(usual) : run.settled())
                .thenCompose(due -> polling.until(
                        run::proceed,
                        () -> new ClarifaiException(
                                Kind.INTERNAL,
                                Recovery.NONE,
                                run.pending.size() + " of " + run.all + " inputs are still not processed after "
                                        + polling.timeout(),
                                (Throwable) null)))
                .thenRun(() -> {
                    if (many) {
                        learn(Duration.ofNanos(run.asked - began), run.rounds);
                    }
                });
    }

    /**
     * What came in time may come earlier, too.
     *
     * @param took until the round that found them all began: how long it then had to wait for its turn among other requests
     *     says nothing of the processing
     */
    private void learn(Duration took, int rounds) {
        Duration next = rounds == 1 && !usual.isZero() ? usual.multipliedBy(9).dividedBy(10) : took;
        usual = next.compareTo(polling.maxInterval()) > 0 ? polling.maxInterval() : next;
    }

    /** One wait. Its steps follow one another, so they never share it at the same time. */
    private final class Run {

        private final AppRef app;
        private final Map<String, List<Map<String, Object>>> pending;
        private final Set<String> missing = new HashSet<>();
        /** In this round. */
        private final Set<String> unfinished = new HashSet<>();

        private final WaitListener listener;
        private final int all;
        private String job;
        private boolean asksJob = true;
        private int rounds;
        /** When the last round began, in nanoseconds. */
        private long asked = System.nanoTime();
        /** The one of these behind which the list begins, which is not in it. */
        private String unlisted;

        private Run(AppRef app, Map<String, List<Map<String, Object>>> pending, String job, WaitListener listener) {
            this.app = app;
            this.pending = pending;
            this.all = pending.size();
            this.job = job;
            this.listener = listener;
        }

        private CompletableFuture<Void> settled() {
            return CompletableFuture.completedFuture(null);
        }

        /** After the time that it takes the first question is for the inputs themselves, most of which are processed by then. */
        private CompletableFuture<Void> beginLate(Duration usual) {
            if (usual.isZero()) {
                return settled();
            }
            asksJob = false;
            tell(0);
            return Delays.after(usual);
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
            boolean skips = !asksJob;
            asksJob = true;
            if (job == null || skips) {
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
            rounds++;
            asked = System.nanoTime();
            unfinished.clear();
            return (pending.size() > LISTED ? list() : settled()).thenCompose(listed -> askByIds());
        }

        private CompletableFuture<Void> list() {
            int pages = (pending.size() + Inputs.PAGE_LIMIT - 1) / Inputs.PAGE_LIMIT + OTHERS;
            String first = pending.keySet().iterator().next();
            Place place = reached;
            unlisted = app.equals(place.app()) ? place.id() : first;
            return !app.equals(place.app())
                    ? list(first, pages).exceptionallyCompose(Run::orNothing)
                    : list(place.id(), pages)
                            .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                                    ? list(first, pages)
                                    : CompletableFuture.failedFuture(failure))
                            .exceptionallyCompose(Run::orNothing);
        }

        /** The input behind which the list was to begin has been deleted: they are asked for by their ids. */
        private static CompletableFuture<Void> orNothing(Throwable failure) {
            return ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(failure);
        }

        /** What is not found so is asked for by its id: that it was not listed says nothing of it. */
        private CompletableFuture<Void> list(String after, int pages) {
            return inputs.addedAfter(app, after).thenCompose(found -> {
                reach(found);
                return settle(found).thenCompose(settled -> {
                    boolean more = found.size() == Inputs.PAGE_LIMIT && pages > 1;
                    return more && isMoreToFind()
                            ? list(found.get(found.size() - 1).getId(), pages - 1)
                            : settled();
                });
            });
        }

        private boolean isMoreToFind() {
            boolean left = pending.containsKey(unlisted) && !unfinished.contains(unlisted);
            return pending.size() - (left ? 1 : 0) > unfinished.size();
        }

        /** One that has failed may be deleted, and would then be no place to begin behind. */
        private void reach(List<Input> found) {
            for (Input input : Lists.reverse(found)) {
                if (pending.containsKey(input.getId())
                        && InputRows.status(input.getStatus()) == InputStatus.PROCESSED) {
                    reached = new Place(app, input.getId());
                    return;
                }
            }
        }

        private CompletableFuture<Void> askByIds() {
            List<String> ids = pending.keySet().stream()
                    .filter(id -> !unfinished.contains(id))
                    .toList();
            return Rows.inChunks(ids, chunk -> inputs.get(app, chunk).thenCompose(found -> {
                CompletableFuture<Void> settled = settle(found);
                giveUpMissing(chunk, found.stream().map(Input::getId).collect(Collectors.toSet()));
                return settled;
            }));
        }

        private CompletableFuture<Void> settle(List<Input> found) {
            List<String> failed = new ArrayList<>();
            for (Input input : found) {
                missing.remove(input.getId());
                if (InputRows.status(input.getStatus()) == InputStatus.PENDING) {
                    if (pending.containsKey(input.getId())) {
                        unfinished.add(input.getId());
                    }
                    continue;
                }
                List<Map<String, Object>> rows = pending.remove(input.getId());
                if (rows != null
                        && rows.stream().filter(row -> settle(row, input)).count() > 0) {
                    failed.add(input.getId());
                }
            }
            return failed.isEmpty() || !deleteFailed
                    ? settled()
                    : Rows.inChunks(failed, ids -> deletion.delete(app, ids));
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
