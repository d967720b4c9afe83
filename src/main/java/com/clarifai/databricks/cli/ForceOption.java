package com.clarifai.databricks.cli;

import picocli.CommandLine.Option;

/** The option of all commands that write tables. */
final class ForceOption {

    @Option(
            names = "--force",
            description = "Also write tables and files that this program did not make. Otherwise they are refused.")
    private boolean force;

    String value() {
        return Boolean.toString(force);
    }
}
