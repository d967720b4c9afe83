package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delta",
        description = {
            "Import images by URL from a table, which the SQL warehouse reads with its own rights.",
            "",
            "Columns: inputid and input (an http or https URL); optional: concepts, metadata, geopoints, annotations. Every"
                    + " row becomes an input of the dataset, which is made when it is missing. "
                    + ImportRowsOptions.REJECTS
        },
        footerHeading = "%nExample:%n",
        footer =
                "  databricks-connect import delta main.default.pictures --table main.default.inputs --app demo --dataset photos")
final class ImportDeltaCommand extends FlowCommand {

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "catalog.schema.table, or a folder at s3://, gs://, abfss:// or /Volumes/.")
    private String source;

    @Option(
            names = "--format",
            defaultValue = "delta",
            paramLabel = "FORMAT",
            description = "What the folder holds: delta (default) or parquet.")
    private String format;

    @Mixin
    private ImportRowsOptions options;

    @Override
    String flow() {
        return "import-delta";
    }

    @Override
    void check() {
        try {
            TableSource.parse(source, format);
        } catch (IllegalArgumentException e) {
            throw wrong("SOURCE", "SOURCE", e);
        }
        options.check(spec());
    }
}
