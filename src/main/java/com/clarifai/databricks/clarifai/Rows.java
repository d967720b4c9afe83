package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import com.google.common.collect.Lists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the steps of an import share: the reading and marking of rows, and chunks that fit a request. */
final class Rows {

    private Rows() {}

    /** Those rows by input id, in their order; two rows may share an id. */
    static Map<String, List<Map<String, Object>>> byId(
            List<Map<String, Object>> rows, Predicate<Map<String, Object>> wanted) {
        return rows.stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(Rows::id, LinkedHashMap::new, Collectors.toList()));
    }

    static String id(Map<String, Object> row) {
        return (String) row.get(InputColumns.INPUT_ID);
    }

    static boolean isUndecided(Map<String, Object> row) {
        return row.get(InputColumns.STATUS) == null;
    }

    static boolean is(Map<String, Object> row, InputStatus status) {
        return status.name().equals(row.get(InputColumns.STATUS));
    }

    static boolean is(Map<String, Object> row, Outcome outcome) {
        return outcome.name().equals(row.get(InputColumns.OUTCOME));
    }

    static void mark(Map<String, Object> row, Outcome outcome) {
        row.put(InputColumns.OUTCOME, outcome.name());
    }

    /** Adds the columns that the row does not have; {@link InputUpdate} needs to know what the input had. */
    static void complete(Map<String, Object> row, Input input, AppRef app) {
        row.putIfAbsent(
                InputColumns.EXISTING_DATA,
                InputRows.changeable(input.getData()).toByteArray());
        InputRows.toRow(input, app.userId(), app.appId()).forEach(row::putIfAbsent);
    }

    /** Clarifai has the input in a state of unknown meaning. */
    static void unknown(Map<String, Object> row, Input input, AppRef app) {
        InputRows.putStatus(row, input.getStatus());
        mark(row, Outcome.UNKNOWN);
        complete(row, input, app);
    }

    /** @param code of Clarifai's answer, null when it was not asked */
    static void reject(Map<String, Object> row, Integer code, String reason) {
        row.put(InputColumns.STATUS, InputStatus.REJECTED.name());
        row.put(InputColumns.STATUS_CODE, code);
        row.put(InputColumns.STATUS_MESSAGE, reason);
        mark(row, Outcome.REJECTED);
    }

    static void reject(Map<String, Object> row, Status status) {
        reject(row, status.getCodeValue(), InputRows.message(status));
    }

    /** One chunk after the other, as a batch must not crowd out its neighbours. */
    static <T> CompletableFuture<Void> inChunks(List<T> items, Function<List<T>, CompletableFuture<Void>> step) {
        return inOrder(Lists.partition(items, Inputs.REQUEST_LIMIT), step);
    }

    static <T> CompletableFuture<Void> inOrder(List<T> items, Function<T, CompletableFuture<Void>> step) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (T item : items) {
            all = all.thenCompose(done -> step.apply(item));
        }
        return all;
    }
}
