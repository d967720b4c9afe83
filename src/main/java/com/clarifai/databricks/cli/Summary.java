package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.google.common.base.CaseFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a run in words. */
final class Summary {

    private Summary() {}

    static String of(Run run) {
        Map<String, Object> summary = run.summary();
        if (!summary.containsKey("read")) {
            return ofDataset(run, summary);
        }
        String counts = summary.entrySet().stream()
                .filter(entry ->
                        entry.getValue() instanceof Long && !entry.getKey().equals("read"))
                .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), words(entry.getKey())))
                .collect(Collectors.joining(", "));
        String text = String.format(
                Locale.ROOT,
                "%,d read: %s, in %.1f s (run %s)",
                run.get(Count.READ),
                counts,
                summary.get("seconds"),
                run.id());
        return run.get(Count.REJECTED) + run.get(Count.UNKNOWN) == 0
                ? text
                : text + System.lineSeparator()
                        + "Why: status_message in the tracking table, or for rows of CSV files and tables in the table of"
                        + " rejects beside it";
    }

    /** Of an export or update. */
    private static String ofDataset(Run run, Map<String, Object> summary) {
        String read = String.format(
                Locale.ROOT,
                "%,d inputs and %,d annotations read, in %.1f s (run %s)",
                run.get(Count.INPUTS),
                run.get(Count.ANNOTATIONS),
                summary.get("seconds"),
                run.id());
        List<String> counts = summary.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Long number && number > 0)
                .filter(entry ->
                        !entry.getKey().equals("inputs") && !entry.getKey().equals("annotations"))
                .map(entry -> String.format(Locale.ROOT, "  %,d %s", entry.getValue(), words(entry.getKey())))
                .toList();
        return read
                + System.lineSeparator()
                + (counts.isEmpty() ? "  nothing to write" : String.join(System.lineSeparator(), counts));
    }

    static String words(String name) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, name).replace('_', ' ');
    }
}
