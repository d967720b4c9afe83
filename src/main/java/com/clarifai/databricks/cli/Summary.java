package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.Run;
import com.clarifai.databricks.flow.Run.Count;
import java.util.Locale;

/** The end of a run in words. */
final class Summary {

    private Summary() {}

    static String of(Run run) {
        String text = String.format(
                Locale.ROOT,
                "%,d files read: %,d imported, %,d existing, %,d rejected, %,d skipped, in %.1f s (run %s)",
                run.get(Count.READ),
                run.get(Count.IMPORTED),
                run.get(Count.EXISTING),
                run.get(Count.REJECTED),
                run.get(Count.SKIPPED),
                run.summary().get("seconds"),
                run.id());
        return run.get(Count.REJECTED) == 0
                ? text
                : text + System.lineSeparator()
                        + "Why a file was rejected stands in the tracking table: status_message where status = 'REJECTED'";
    }
}
