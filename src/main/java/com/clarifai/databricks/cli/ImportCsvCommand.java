package com.clarifai.databricks.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "csv",
        description = {
            "Import images by URL from CSV files on S3 or in a Unity Catalog volume.",
            "",
            "Columns: inputid and input (an http or https URL); optional: concepts, metadata, geopoints, annotations. Every"
                    + " row becomes an input of the dataset, which is made when it is missing."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  databricks-connect import csv s3://my-bucket/inputs.csv --table main.default.inputs --app demo --dataset photos")
final class ImportCsvCommand extends FlowCommand {

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "s3://bucket/key.csv, s3://bucket/folder/ (its .csv objects), s3://bucket/2026/*.csv, or"
                    + " /Volumes/catalog/schema/volume/file.csv.")
    private String source;

    @Mixin
    private ImportRowsOptions options;

    @Override
    String flow() {
        return "import-csv";
    }

    @Override
    FlowRequest request() {
        return options.request(flow(), spec(), Map.of("source", source));
    }
}
