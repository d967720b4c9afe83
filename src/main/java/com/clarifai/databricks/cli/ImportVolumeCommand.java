package com.clarifai.databricks.cli;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.transfer.TransferMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "volume",
        description = {
            "Import the images in a Unity Catalog volume into a Clarifai dataset.",
            "",
            "Every image (jpg, jpeg, png, tiff, tif, webp, bmp, gif) in the volume and its folders becomes an input"
                    + " of the"
                    + " dataset, which is made when it is missing. The tracking table, made when it is missing too,"
                    + " has one"
                    + " row for each image: its input id, its status and, if it was rejected, why. An import that is"
                    + " repeated uploads only what is new."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect import volume --catalog main --schema default --volume photos --table inputs"
                + " --app demo"
                + " --dataset photos")
final class ImportVolumeCommand extends FlowCommand {

    @Option(names = "--catalog", required = true, paramLabel = "NAME", description = "Catalog of the volume.")
    private String catalog;

    @Option(names = "--schema", required = true, paramLabel = "NAME", description = "Schema of the volume.")
    private String schema;

    @Option(names = "--volume", required = true, paramLabel = "NAME", description = "The volume.")
    private String volume;

    @Option(
            names = "--path",
            defaultValue = "",
            paramLabel = "FOLDER",
            description = "Only this folder of the volume, with the folders in it.")
    private String path;

    @Option(
            names = "--table",
            required = true,
            paramLabel = "NAME",
            description = "Tracking table, in the catalog and schema of the volume or as catalog.schema.table.")
    private String table;

    @Option(names = "--app", required = true, paramLabel = "ID", description = "Clarifai app.")
    private String app;

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "Dataset of that app.")
    private String dataset;

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description = "Only files with this name (*.png) or path in the volume (cats/**/*.png).")
    private String filter;

    @Option(
            names = "--label-from-folder",
            description = "The name of the folder that an image is in becomes its concept.")
    private boolean labelFromFolder;

    @Option(
            names = "--transfer",
            defaultValue = "auto",
            paramLabel = "WAY",
            description =
                    "How the pictures get to Clarifai: by the workspace's Files API (files-api), from where the cloud"
                            + " keeps them (direct), read there by Clarifai itself (by-url), or auto (default): direct where that is"
                            + " permitted, else files-api.")
    private TransferMode transfer;

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

    @Option(names = "--dry-run", description = "Compare every file and report as the real run would; change nothing.")
    private boolean dryRun;

    @Option(names = "--fail-on-rejects", description = "Exit with code 3 when an image was rejected.")
    private boolean failOnRejects;

    @Mixin
    private ForceOption force;

    @Override
    String flow() {
        return "import-volume";
    }

    @Override
    void check() {
        String[] parts = volume.split("/", 6);
        if (volume.startsWith("/Volumes/") && parts.length >= 5) {
            String folder = parts.length > 5 && !parts[5].isEmpty() ? " --path " + parts[5] : "";
            throw wrong(
                    "--volume",
                    "--volume",
                    new IllegalArgumentException("give '" + volume + "' as --catalog " + parts[2] + " --schema "
                            + parts[3] + " --volume " + parts[4] + folder));
        }
        TableArgument.parse(spec(), "--table", table, catalog, schema);
        try {
            VolumePath root = VolumePath.of(catalog, schema, volume);
            if (!path.isEmpty()) {
                root.resolve(path);
            }
        } catch (IllegalArgumentException e) {
            throw wrong("--volume", "--catalog, --schema, --volume or --path", e);
        }
    }
}
