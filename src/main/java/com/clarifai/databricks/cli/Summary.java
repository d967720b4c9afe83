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
                .filter(entry -> !(run.isDryRun() && entry.getValue().equals(0L)))
                .map(entry -> String.format(
                        Locale.ROOT, "%,d %s", entry.getValue(), words(run, entry.getKey(), entry.getValue())))
                .collect(Collectors.joining(", "));
        String text = String.format(
                Locale.ROOT,
                "%,d read%s, in %.1f s%s",
                run.get(Count.READ),
                counts.isEmpty() ? "" : ": " + counts,
                summary.get("seconds"),
                id(run));
        return run.get(Count.REJECTED) + run.get(Count.UNKNOWN) == 0 || run.isDryRun()
                ? text
                : text + System.lineSeparator()
                        + "Why: status_message in the tracking table, or for rows of CSV files and tables in the table of"
                        + " rejects beside it";
    }

    /** Of an export or update. */
    private static String ofDataset(Run run, Map<String, Object> summary) {
        String read = String.format(
                Locale.ROOT,
                "%,d inputs and %,d annotations read, in %.1f s%s",
                run.get(Count.INPUTS),
                run.get(Count.ANNOTATIONS),
                summary.get("seconds"),
                id(run));
        List<String> counts = summary.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Long number && number > 0)
                .filter(entry ->
                        !entry.getKey().equals("inputs") && !entry.getKey().equals("annotations"))
                .map(entry -> String.format(
                        Locale.ROOT, "  %,d %s", entry.getValue(), words(run, entry.getKey(), entry.getValue())))
                .toList();
        return read
                + System.lineSeparator()
                + (counts.isEmpty()
                        ? run.isDryRun() ? "  nothing would be written" : "  nothing to write"
                        : String.join(System.lineSeparator(), counts));
    }

    /** A dry run is none that happened. */
    private static String id(Run run) {
        return run.isDryRun() ? "" : " (run " + run.id() + ")";
    }

    private static String words(Run run, String name, Object number) {
        if (!run.isDryRun()) {
            return words(name);
        }
        String would = wouldWords(words(name));
        return number.equals(1L) ? would.replaceFirst("^(input|annotation|image|file|table|dataset)s\\b", "$1") : would;
    }

    /** What a dry run has counted: {@code inputs would be inserted}. */
    private static String wouldWords(String words) {
        return switch (words) {
            case "existing", "images existing" ->
                words.replace("existing", "there already").strip();
            case "images" -> "images would be written";
            case "images failed" -> "images would fail";
            case "annotations" -> "annotations would be added";
            default -> words.replaceFirst("(?=\\b\\w+ed$)", "would be ");
        };
    }

    static String words(String name) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, name).replace('_', ' ');
    }
}
