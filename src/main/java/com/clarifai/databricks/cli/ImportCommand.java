package com.clarifai.databricks.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Import images into a Clarifai dataset.",
        subcommands = {
            ImportVolumeCommand.class,
            ImportFolderCommand.class,
            ImportCsvCommand.class,
            ImportDeltaCommand.class
        })
final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: volume, folder, csv or delta");
    }
}
