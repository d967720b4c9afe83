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

    /** A row of which an answer does not say that it was added. */
    private record Doubtful(Map<String, Object> row, Status status) {}

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
                .thenCompose(answer -> settle(app, datasetId, rows, answer))
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

    private CompletableFuture<Void> settle(
            AppRef app, String datasetId, List<Map<String, Object>> rows, MultiDatasetInputResponse answer) {
        if (answer.getStatus().getCode() == StatusCode.SUCCESS) {
            return CompletableFuture.completedFuture(null);
        }
        boolean each = answer.getDatasetInputsCount() == rows.size();
        List<Doubtful> doubtful = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Status status = each ? answer.getDatasetInputs(i).getInput().getStatus() : Status.getDefaultInstance();
            if (!isMember(status)) {
                doubtful.add(new Doubtful(rows.get(i), status.getCodeValue() == 0 ? answer.getStatus() : status));
            }
        }
        return Rows.inOrder(doubtful, row -> verify(app, datasetId, row));
    }

    /** What the answer does not say was added, the dataset itself tells. */
    private CompletableFuture<Void> verify(AppRef app, String datasetId, Doubtful doubtful) {
        Map<String, Object> row = doubtful.row();
        return members.contains(app, datasetId, Rows.id(row)).thenAccept(member -> {
            if (!member) {
                row.put(InputColumns.STATUS_CODE, doubtful.status().getCodeValue());
                row.put(
                        InputColumns.STATUS_MESSAGE,
                        "Not added to the dataset: " + InputRows.message(doubtful.status()));
                Rows.mark(row, Outcome.REJECTED);
            }
        });
    }

    /** What an answer says about one item: {@code DATASET_INPUT_SUCCESS}, the state of its input, or that it was in. */
    private static boolean isMember(Status status) {
        InputStatus state = InputRows.status(status);
        return status.getCode() == StatusCode.DATASET_INPUT_SUCCESS
                || state == InputStatus.PROCESSED
                || state == InputStatus.PENDING
                || ClarifaiFailures.kind(status.getCode()) == Kind.ALREADY_EXISTS;
    }
}
