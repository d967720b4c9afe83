package com.clarifai.databricks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one flow, one disturbance and one seed.
 *
 * @param read rows, files or inputs that the calm run in the end has read
 * @param accounted those of which it says how they ended
 * @param lost lines that are missing in the end
 * @param added lines that should not be there: duplicates, or what has another value
 * @param problem null if all is well
 */
record Cell(
        FaultFlow flow,
        Disturbance disturbance,
        long seed,
        int processes,
        int faults,
        long read,
        long accounted,
        List<String> lost,
        List<String> added,
        int hung,
        long leftOver,
        String problem) {

    /**
     * A flow that came to its end.
     *
     * @param expected what is there where nobody has disturbed it, a line each
     * @param state what is there
     */
    static Cell ended(
            FaultFlow flow,
            Disturbance disturbance,
            long seed,
            Runs runs,
            JsonNode summary,
            List<String> expected,
            List<String> state,
            long leftOver) {
        return new Cell(
                flow,
                disturbance,
                seed,
                runs.processes(),
                runs.faults(),
                FaultFlow.read(summary),
                FaultFlow.accounted(summary),
                without(expected, state),
                without(state, expected),
                runs.hung(),
                leftOver,
                null);
    }

    /** A flow that did not come to its end. */
    static Cell broken(FaultFlow flow, Disturbance disturbance, long seed, Runs runs, String problem) {
        return new Cell(
                flow,
                disturbance,
                seed,
                runs.processes(),
                runs.faults(),
                0,
                0,
                List.of(),
                List.of(),
                runs.hung(),
                0,
                problem);
    }

    boolean well() {
        return problem == null
                && read == accounted
                && read > 0
                && lost.isEmpty()
                && added.isEmpty()
                && hung == 0
                && leftOver == 0;
    }

    /** What of a list is not in another one, as often as it is there. */
    static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }

    static String header() {
        return "| flow | fault | seed | processes | faults | read | accounted for | duplicates | lost | hung | left over | |\n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    }

    String line() {
        return "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s |%n"
                .formatted(
                        flow.title(),
                        disturbance.title(),
                        seed,
                        processes,
                        faults,
                        read,
                        accounted,
                        added.size(),
                        lost.size(),
                        hung,
                        leftOver,
                        well() ? "" : "FAILED");
    }

    @Override
    public String toString() {
        return flow.title() + " " + disturbance.title() + " seed " + seed + ": " + (problem == null ? "" : problem)
                + "\n  lost " + lost + "\n  added " + added + "\n  read " + read + ", accounted for " + accounted
                + ", hung " + hung + ", left over " + leftOver;
    }
}
