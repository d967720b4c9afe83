package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ItemRequests.Result;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.mapping.DataPatch;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Brings concepts, metadata and geo of inputs that existed before to what their rows say.
 *
 * <p>Only what differs from what {@link InputLookup} or {@link InputProcessing} found is sent; so a second time nothing
 * is. A row whose input was changed gets the outcome UPDATED, one whose change was refused is rejected with the reason;
 * all others stay EXISTING.
 */
public final class InputUpdate {

    private final Inputs inputs;
    private final long maxBatchBytes;
    private final Backoff backoff;

    private record Patch(Map<String, Object> row, Input message, Data result) implements ItemRequests.Item {}

    /** @param maxBatchBytes most bytes of one request; a single larger patch still goes, alone */
    public InputUpdate(ClarifaiClient client, long maxBatchBytes) {
        this.inputs = client.inputs();
        this.maxBatchBytes = maxBatchBytes;
        this.backoff = client.settings().retries().passing();
    }

    /** Updates (or rejects) the inputs of rows with the outcome EXISTING, once Clarifai has processed them. */
    public CompletableFuture<Void> update(AppRef app, List<Map<String, Object>> rows, OnExisting onExisting) {
        List<Patch> patches =
                switch (onExisting) {
                    case SKIP -> List.of();
                    case MERGE, OVERWRITE -> patches(rows, onExisting);
                    case FAIL -> {
                        reject(rows);
                        yield List.of();
                    }
                };
        String action = onExisting.name().toLowerCase(Locale.ROOT);
        return new ItemRequests<Patch>(
                        batch -> inputs.patch(
                                app, batch.stream().map(Patch::message).toList(), action),
                        results -> {
                            results.forEach(InputUpdate::settle);
                            return CompletableFuture.completedFuture(null);
                        },
                        ItemRequests::isAboutItemsOfInputs,
                        maxBatchBytes,
                        backoff)
                .send(patches)
                .thenRun(() -> rows.forEach(row -> row.remove(InputColumns.EXISTING_DATA)));
    }

    private static void reject(List<Map<String, Object>> rows) {
        rows.stream()
                .filter(row -> Rows.is(row, Outcome.EXISTING))
                .forEach(row -> Rows.reject(row, null, "An input with this id exists already"));
    }

    private static List<Patch> patches(List<Map<String, Object>> rows, OnExisting onExisting) {
        List<Patch> patches = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, Object> row : rows) {
            if (!Rows.is(row, Outcome.EXISTING)
                    || !Rows.is(row, InputStatus.PROCESSED)
                    || !(row.get(InputColumns.EXISTING_DATA) instanceof byte[] existing)) {
                continue;
            }
            try {
                DataPatch patch = patch(existing, row, onExisting);
                if (patch.changes().equals(Data.getDefaultInstance())) {
                    InputRows.putChangeable(row, patch.result());
                } else if (!ids.add(Rows.id(row))) {
                    Rows.reject(row, null, "Another row of the same batch has the input id " + Rows.id(row));
                } else {
                    Input input = Input.newBuilder()
                            .setId(Rows.id(row))
                            .setData(patch.changes())
                            .build();
                    patches.add(new Patch(row, input, patch.result()));
                }
            } catch (IllegalArgumentException e) {
                Rows.reject(row, null, e.getMessage());
            }
        }
        return patches;
    }

    private static DataPatch patch(byte[] existing, Map<String, Object> row, OnExisting onExisting) {
        Data wanted = InputRows.changeable(row);
        try {
            return onExisting == OnExisting.MERGE
                    ? DataPatch.merge(Data.parseFrom(existing), wanted)
                    : DataPatch.overwrite(Data.parseFrom(existing), wanted);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    InputColumns.EXISTING_DATA + " of a row is not what lookupInputs put there", e);
        }
    }

    private static void settle(Result<Patch> result) {
        Map<String, Object> row = result.item().row();
        Status status = result.status();
        // a row that is settled is not patched again when the same rows come once more
        row.remove(InputColumns.EXISTING_DATA);
        if (status.getCode() == StatusCode.UNRECOGNIZED) {
            row.put(InputColumns.STATUS, InputStatus.UNKNOWN.name());
            row.put(InputColumns.STATUS_CODE, status.getCodeValue());
            row.put(
                    InputColumns.STATUS_MESSAGE,
                    "Clarifai answered the change with a code that this program does not know");
            Rows.mark(row, Outcome.UNKNOWN);
            return;
        }
        switch (InputRows.status(status)) {
            case PROCESSED, PENDING -> {
                InputRows.putChangeable(row, result.item().result());
                Rows.mark(row, Outcome.UPDATED);
            }
            case REJECTED, UNKNOWN -> Rows.reject(row, status);
        }
    }
}
