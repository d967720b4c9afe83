package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.csv.DialectOptions;
import com.clarifai.databricks.csv.WrongDialectException;
import com.clarifai.databricks.flow.source.CsvLocation;
import com.clarifai.databricks.flow.source.LocalPath;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "csv",
        description = {
            "Import images by URL from CSV files on S3, in a Unity Catalog volume or on this machine.",
            "",
            "Columns: inputid and input (an http or https URL); optional: concepts, metadata, geopoints,"
                    + " annotations. Every"
                    + " row becomes an input of the dataset, which is made when it is missing. "
                    + ImportRowsOptions.REJECTS
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect import csv s3://my-bucket/inputs.csv --table main.default.inputs --app demo"
                + " --dataset photos")
final class ImportCsvCommand extends FlowCommand {

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description =
                    "s3://bucket/key.csv, s3://bucket/folder/ (the CSV files in it), s3://bucket/2026/*.csv, or the"
                            + " same"
                            + " in a volume, /Volumes/catalog/schema/volume/file.csv, or on this machine,"
                            + " ./file.csv. Files may be compressed with"
                            + " gzip, bzip2 or"
                            + " zstd.")
    private String source;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description =
                    "Charset of the files: UTF-8, windows-1251, Shift_JIS, ... Otherwise it is found out from each"
                            + " file.")
    private String charset;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description =
                    "What separates the values: a character, or comma, semicolon, tab, pipe, \\u0001. Otherwise it"
                            + " is found out from each file.")
    private String delimiter;

    @Option(
            names = "--quote",
            paramLabel = "CHARACTER",
            description =
                    "What surrounds values with delimiters in them: double (default), single, another character, or"
                            + " none.")
    private String quote;

    @Option(
            names = "--escape",
            paramLabel = "CHARACTER",
            description =
                    "What stands before a quote in a quoted value: double (the quote is written twice), backslash (as"
                            + " Spark writes it), another character, or none. Otherwise it is found out from each"
                            + " file.")
    private String escape;

    @Mixin
    private ImportRowsOptions options;

    @Override
    String flow() {
        return "import-csv";
    }

    @Override
    void checkElsewhere() {
        if (LocalPath.isLocal(source)) {
            throw wrong("SOURCE", "SOURCE", LocalPath.refusal(source));
        }
    }

    /** A file of this machine by its whole path, which is also what the history of runs and the tables have. */
    @Override
    FlowRequest request() {
        FlowRequest request = super.request();
        Map<String, Object> headers = new LinkedHashMap<>(request.headers());
        headers.computeIfPresent("source", (name, given) -> LocalPath.isLocal(source) ? LocalPath.uri(source) : given);
        return new FlowRequest(request.flow(), headers, request.failOnRejects());
    }

    @Override
    void check() {
        try {
            DialectOptions.of(charset, delimiter, quote, escape);
        } catch (WrongDialectException e) {
            String option = "--" + e.parameter();
            throw WrongOption.of(spec(), option, option + ": " + e.problem(), e);
        }
        try {
            CsvLocation.checkHere(source);
        } catch (IllegalArgumentException e) {
            throw wrong("SOURCE", "SOURCE", e);
        }
        options.check(spec());
    }
}
