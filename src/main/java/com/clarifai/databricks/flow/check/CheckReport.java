package com.clarifai.databricks.flow.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What came of the checks so far. */
public final class CheckReport {

    public enum Status {
        OK,
        /** What was found out, which is neither good nor bad. */
        FACT,
        FAILED,
        SKIPPED
    }

    /**
     * @param detail what was found, or why it was skipped
     * @param failure null unless it failed
     */
    public record Result(Check check, Status status, String detail, Throwable failure) {}

    private final Map<Check, Result> results = new EnumMap<>(Check.class);
    private final Map<Check, Throwable> problems;
    private final Consumer<Result> listener;

    /**
     * @param problems what is known to be wrong before anything is tried, such as settings that are missing
     * @param listener told each result at once
     */
    public CheckReport(Map<Check, Throwable> problems, Consumer<Result> listener) {
        this.problems = Map.copyOf(problems);
        this.listener = listener;
    }

    void add(Check check, Status status, String detail, Throwable failure) {
        Result result = new Result(check, status, detail, failure);
        results.put(check, result);
        listener.accept(result);
    }

    Throwable problem(Check check) {
        return problems.get(check);
    }

    boolean is(Check check, Status status) {
        return results.containsKey(check) && results.get(check).status() == status;
    }

    /** In the order in which they were made. */
    public List<Result> results() {
        return List.copyOf(results.values());
    }

    public boolean failed() {
        return results.values().stream().anyMatch(result -> result.status() == Status.FAILED);
    }
}
