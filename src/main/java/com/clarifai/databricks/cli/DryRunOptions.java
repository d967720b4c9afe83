package com.clarifai.databricks.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What only says what a run would do. */
final class DryRunOptions {

    @Option(
            names = "--dry-run",
            description = "Read and compare everything and report what the run would do; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--list",
            description = "With --dry-run: also name everything that would be created, uploaded, changed, removed or"
                    + " rejected, one a line, which is an object where JSON is asked for.")
    private boolean list;

    boolean isDryRun() {
        return dryRun;
    }

    /** @throws ParameterException when a list of nothing is asked for */
    static void check(CommandSpec spec) {
        if (isListing(spec) && !spec.commandLine().getParseResult().hasMatchedOption("--dry-run")) {
            throw WrongOption.of(spec, "--list", "--list names what a run would do: give --dry-run as well");
        }
    }

    static boolean isListing(CommandSpec spec) {
        return spec.commandLine().getParseResult().hasMatchedOption("--list");
    }
}
