package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Adds inputs that were in the app already to the dataset of their rows; newly posted ones are members from the start.
 * A row that cannot be added gets the outcome REJECTED and the reason.
 */
public final class DatasetMembership {

    private final DatasetInputs members;

    public DatasetMembership(ClarifaiClient client) {
        this.members = client.datasetInputs();
    }

    /** Adds the rows with status PROCESSED and outcome EXISTING or UPDATED that name a dataset. */
    public CompletableFuture<Void> add(AppRef app, List<Map<String, Object>> rows) {
        Map<Object, List<Map<String, Object>>> byDataset = rows.stream()
                .filter(row -> Rows.is(row, InputStatus.PROCESSED)
                        && (Rows.is(row, Outcome.EXISTING) || Rows.is(row, Outcome.UPDATED)))
                .filter(row -> row.get(InputColumns.DATASET_ID) != null)
                .collect(Collectors.groupingBy(row -> row.get(InputColumns.DATASET_ID)));
        return Rows.inOrder(
                new ArrayList<>(byDataset.entrySet()),
                dataset -> Rows.inChunks(
                        dataset.getValue(), chunk -> add(app, dataset.getKey().toString(), chunk)));
    }

    private CompletableFuture<Void> add(AppRef app, String datasetId, List<Map<String, Object>> rows) {
        return members.post(app, datasetId, rows.stream().map(Rows::id).toList())
                .thenAccept(answer -> settle(rows, answer))
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.ALREADY_EXISTS)
                        ? addTheOthers(app, datasetId, rows)
                        : CompletableFuture.failedFuture(failure));
    }

    /** The request was refused as a whole because some input is a member already: halve it to add the rest. */
    private CompletableFuture<Void> addTheOthers(AppRef app, String datasetId, List<Map<String, Object>> rows) {
        if (rows.size() == 1) {
            return CompletableFuture.completedFuture(null);
        }
        int half = rows.size() / 2;
        return Rows.inOrder(
                List.of(rows.subList(0, half), rows.subList(half, rows.size())), part -> add(app, datasetId, part));
    }

    private static void settle(List<Map<String, Object>> rows, MultiDatasetInputResponse answer) {
        if (answer.getStatus().getCode() == StatusCode.SUCCESS) {
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            Status status = answer.getDatasetInputs(i).getInput().getStatus();
            boolean member = isMember(status);
            if (!member) {
                Map<String, Object> row = rows.get(i);
                row.put(InputColumns.STATUS_CODE, status.getCodeValue());
                row.put(InputColumns.STATUS_MESSAGE, "Not added to the dataset: " + status.getDescription());
                Rows.mark(row, Outcome.REJECTED);
            }
        }
    }

    /** What an answer says of one item: {@code DATASET_INPUT_SUCCESS}, the state of its input, or that it was in. */
    private static boolean isMember(Status status) {
        InputStatus state = InputRows.status(status);
        return status.getCode() == StatusCode.DATASET_INPUT_SUCCESS
                || state == InputStatus.PROCESSED
                || state == InputStatus.PENDING
                || Failures.kind(status.getCode()) == Kind.ALREADY_EXISTS;
    }
}
