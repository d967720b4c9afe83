package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out which rows are inputs already, before anything is uploaded.
 *
 * <p>A row without status whose input exists gets its status and the outcome EXISTING; columns that the row does not
 * have are added, its own are kept. An input that Clarifai once failed to process is deleted when that is wanted, and
 * its row is left without status, to be uploaded again; otherwise the row is rejected.
 * The input of a row that an interrupted run has left ({@link InputColumns#RESUMED}) counts as just uploaded.
 */
public final class InputLookup {

    private final Inputs inputs;
    private final InputDeletion deletion;
    private final boolean replaceFailed;
    private final Polling untilDeleted;

    /** @param untilDeleted how to wait until deleted inputs are gone */
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
            InputStatus status = InputRows.status(input.getStatus());
            if (status == InputStatus.REJECTED && replaceFailed) {
                failed.add(input.getId());
                continue;
            }
            for (Map<String, Object> row : rows.getOrDefault(input.getId(), List.of())) {
                if (status != InputStatus.REJECTED && Boolean.TRUE.equals(row.get(InputColumns.RESUMED))) {
                    row.put(InputColumns.STATUS, InputStatus.PENDING.name());
                    continue;
                }
                InputRows.putStatus(row, input.getStatus());
                Rows.mark(row, status == InputStatus.REJECTED ? Outcome.REJECTED : Outcome.EXISTING);
                Rows.complete(row, input, app);
            }
        }
        return failed.isEmpty() ? CompletableFuture.completedFuture(null) : remove(app, failed);
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
