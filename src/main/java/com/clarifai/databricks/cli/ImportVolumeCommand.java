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

    @Option(
            names = "--volume",
            required = true,
            paramLabel = "NAME",
            preprocessor = VolumePathOption.class,
            description =
                    "The volume; or catalog, schema, volume and folder in one: /Volumes/main/default/photos/cats.")
    private String volume;

    @Option(
            names = "--path",
            defaultValue = "",
            paramLabel = "FOLDER",
            description = "Only this folder of the volume, with the folders in it.")
    private String path;

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
            names = "--table",
            required = true,
            paramLabel = "NAME",
            description = "Tracking table, in the catalog and schema of the volume or as catalog.schema.table.")
    private String table;

    @Mixin
    private PlaceOption place;

    @Mixin
    private ImportFilesOptions options;

    @Override
    String flow() {
        return "import-volume";
    }

    @Override
    void check() {
        TableArgument.parse(spec(), "--table", table, catalog, schema);
        if (place.isCluster() && transfer != TransferMode.auto) {
            throw WrongOption.of(
                    spec(),
                    "--transfer",
                    "--transfer says how pictures get here, to be sent: with --on cluster they do not");
        }
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
