package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.dataset.ImageFiles;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that export and update share: which dataset, which tables, what of the annotations, which images. */
final class DatasetOptions {

    @Option(names = "--app", required = true, paramLabel = "ID", description = "Clarifai app.")
    private String app;

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "Dataset of that app.")
    private String dataset;

    @Option(names = "--catalog", paramLabel = "NAME", description = "Catalog of the tables.")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "Schema of the tables.")
    private String schema;

    @Option(
            names = "--inputs-table",
            required = true,
            paramLabel = "NAME",
            description = "Table of the inputs: a name in --catalog and --schema, or catalog.schema.table.")
    private String inputsTable;

    @Option(
            names = "--annotations-table",
            required = true,
            paramLabel = "NAME",
            description = "Table of the annotations, in the same way.")
    private String annotationsTable;

    @Mixin
    private PlaceOption place;

    @Mixin
    private DryRunOptions dryRun;

    @ArgGroup(exclusive = false, heading = "%nWhich annotations:%n")
    private Annotations annotations = new Annotations();

    @ArgGroup(exclusive = false, heading = "%nImages:%n")
    private Images images = new Images();

    private static final class Annotations {

        @Option(
                names = {"--status", "--annotation-status"},
                split = ",",
                paramLabel = "STATUS",
                description = "Only annotations with these states: success, pending, awaiting_review, ... or codes.")
        private List<String> status = List.of();

        @Option(
                names = "--annotation-user",
                split = ",",
                paramLabel = "ID",
                description = "Only annotations by these users.")
        private List<String> users = List.of();

        @Option(
                names = "--concept",
                split = ",",
                paramLabel = "ID",
                description = "Only annotations with one of these concepts.")
        private List<String> concepts = List.of();

        @Option(
                names = "--input-level-only",
                description = "Only the annotation of each input that carries what was posted with it.")
        private boolean inputLevelOnly;

        @Option(
                names = "--model-output",
                description = "Also what models have predicted and nobody has confirmed, which can be a lot.")
        private boolean modelOutput;
    }

    private static final class Images {

        @Option(names = "--images", description = "Also write the original images into a volume.")
        private boolean images;

        @Option(
                names = "--volume",
                paramLabel = "NAME",
                preprocessor = VolumePathOption.OfImages.class,
                description =
                        "That volume: a name in --catalog and --schema, catalog.schema.volume, or with the folder in it"
                                + " /Volumes/catalog/schema/volume/folder.")
        private String volume;

        @Option(
                names = "--path",
                defaultValue = "",
                paramLabel = "FOLDER",
                description = "Folder of that volume, made when it is missing.")
        private String path = "";

        @Option(
                names = "--fetch-external",
                description = "Also fetch images that Clarifai does not keep from the web address that they came from.")
        private boolean fetchExternal;
    }

    /** @throws ParameterException naming the option that is wrong */
    void check(CommandSpec spec) {
        TableArgument.parse(spec, "--inputs-table", inputsTable, catalog, schema);
        TableArgument.parse(spec, "--annotations-table", annotationsTable, catalog, schema);
        if (inputs().toString().equalsIgnoreCase(annotations().toString())) {
            throw WrongOption.of(
                    spec,
                    "--annotations-table",
                    "--annotations-table: " + annotations().fullName()
                            + " is the inputs table as well: please choose a different table");
        }
        if (images.images) {
            checkImagesFolder(spec);
        } else if (images.volume != null || !images.path.isEmpty()) {
            throw WrongOption.of(spec, "--images", "--volume and --path say where images go: give --images as well");
        }
    }

    boolean isDryRun() {
        return dryRun.isDryRun();
    }

    TableName inputs() {
        return TableName.parse(inputsTable, catalog, schema);
    }

    TableName annotations() {
        return TableName.parse(annotationsTable, catalog, schema);
    }

    private void checkImagesFolder(CommandSpec spec) {
        if (images.volume == null) {
            throw WrongOption.of(spec, "--volume", "Missing option: --images needs --volume as well");
        }
        try {
            ImageFiles.folder(images.volume, images.path, catalog, schema);
        } catch (IllegalArgumentException e) {
            throw WrongOption.of(spec, "--volume", "--volume or --path: " + e.getMessage(), e);
        }
    }
}
