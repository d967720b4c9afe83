package com.clarifai.databricks.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that imports of the files of a volume and of a folder of this machine share. */
final class ImportFilesOptions {

    @Option(names = "--app", required = true, paramLabel = "ID", description = "Clarifai app.")
    private String app;

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "Dataset of that app.")
    private String dataset;

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description =
                    "Only files with this name (*.png), or with this path in the volume or folder (cats/**/*.png).")
    private String filter;

    @Option(
            names = "--label-from-folder",
            description = "The name of the folder that an image is in becomes its concept.")
    private boolean labelFromFolder;

    @Option(
            names = "--verify",
            description =
                    "Also ask Clarifai about images that are imported according to the table, and upload those that"
                            + " are gone.")
    private boolean verify;

    @Option(
            names = "--retry-rejected",
            description = "Also try images again that were rejected before and have not changed since.")
    private boolean retryRejected;

    @Mixin
    private DryRunOptions dryRun;

    @Option(names = "--fail-on-rejects", description = "Exit with code 3 when an image was rejected.")
    private boolean failOnRejects;

    @Mixin
    private ForceOption force;
}
