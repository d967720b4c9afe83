package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.mapping.ClarifaiTime;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Input;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out which rows are inputs already, before anything is uploaded.
 *
 * <p>A row without status whose input exists gets its status and the outcome EXISTING; columns that the row does not
 * have are added, its own are kept. The input of a row that an interrupted run has left ({@link InputColumns#RESUMED})
 * counts as just uploaded, unless it is older than what that run has written down ({@link InputColumns#CLAIMED_AT}):
 * then it was there before, and somebody else's. One that Clarifai has failed to process is deleted, and its row left without status, to be
 * uploaded again, if an earlier run had uploaded it ({@code RESUMED} or {@link InputColumns#REFUSED}); the rows of others
 * are rejected, for nobody knows what those inputs are to somebody else. One in a state of unknown meaning is left alone,
 * and its row gets the outcome UNKNOWN.
 */
public final class InputLookup {

    /** So far the clocks of Clarifai, of the warehouse and of this machine may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final Inputs inputs;
    private final InputDeletion deletion;
    private final boolean replaceFailed;
    private final Polling untilDeleted;

    /**
     * @param replaceFailed whether to delete any failed input, no matter who uploaded it
     * @param untilDeleted how to wait until deleted inputs are gone
     */
    public InputLookup(ClarifaiClient client, boolean replaceFailed, Polling untilDeleted) {
        this.inputs = client.inputs();
        this.replaceFailed = replaceFailed;
        this.deletion = new InputDeletion(client);
        this.untilDeleted = untilDeleted;
    }

    public CompletableFuture<Void> lookup(AppRef app, List<Map<String, Object>> rows) {
        Map<String, List<Map<String, Object>>> byId =
                Rows.byId(rows, row -> Rows.isUndecided(row) && InputRows.isValidId(row.get(InputColumns.INPUT_ID)));
        return Rows.inChunks(
                List.copyOf(byId.keySet()), ids -> inputs.get(app, ids).thenCompose(found -> settle(app, found, byId)));
    }

    private CompletableFuture<Void> settle(AppRef app, List<Input> found, Map<String, List<Map<String, Object>>> rows) {
        List<String> failed = new ArrayList<>();
        for (Input input : found) {
            List<Map<String, Object>> same = rows.getOrDefault(input.getId(), List.of());
            if (InputRows.status(input.getStatus()) == InputStatus.REJECTED && isReplaced(input, same)) {
                failed.add(input.getId());
            } else {
                same.forEach(row -> settle(app, input, row));
            }
        }
        return failed.isEmpty() ? CompletableFuture.completedFuture(null) : remove(app, failed);
    }

    private boolean isReplaced(Input input, List<Map<String, Object>> rows) {
        return replaceFailed || rows.stream().anyMatch(row -> isOwn(input, row) || isSet(row, InputColumns.REFUSED));
    }

    /** Whether the run that has left the row has made this input. */
    private static boolean isOwn(Input input, Map<String, Object> row) {
        if (!isSet(row, InputColumns.RESUMED)) {
            return false;
        }
        Instant created = input.hasCreatedAt() ? ClarifaiTime.of(input.getCreatedAt()) : null;
        return !(row.get(InputColumns.CLAIMED_AT) instanceof Number claimed)
                || created != null
                        && !created.plus(CLOCKS).isBefore(Instant.EPOCH.plus(claimed.longValue(), ChronoUnit.MICROS));
    }

    private static void settle(AppRef app, Input input, Map<String, Object> row) {
        switch (InputRows.status(input.getStatus())) {
            case REJECTED -> {
                Rows.complete(row, input, app);
                Rows.reject(
                        row,
                        null,
                        "The app has an input with this id that Clarifai failed to process and that no known run has"
                                + " uploaded; delete it there to import this one. It says: "
                                + input.getStatus().getCodeValue() + " " + InputRows.message(input.getStatus()));
            }
            case UNKNOWN -> Rows.unknown(row, input, app);
            case PENDING, PROCESSED -> {
                if (isOwn(input, row)) {
                    row.put(InputColumns.STATUS, InputStatus.PENDING.name());
                } else {
                    InputRows.putStatus(row, input.getStatus());
                    Rows.mark(row, Outcome.EXISTING);
                    Rows.complete(row, input, app);
                }
            }
        }
    }

    private static boolean isSet(Map<String, Object> row, String flag) {
        return Boolean.TRUE.equals(row.get(flag));
    }

    private CompletableFuture<Void> remove(AppRef app, List<String> ids) {
        return deletion.delete(app, ids)
                .thenCompose(started -> untilDeleted.until(
                        () -> inputs.get(app, ids).thenApply(List::isEmpty),
                        () -> new ClarifaiException(
                                Kind.INTERNAL,
                                Recovery.NONE,
                                "Some of " + ids.size() + " inputs that had failed are still not deleted after "
                                        + untilDeleted.timeout(),
                                (Throwable) null)));
    }
}
