package com.clarifai.databricks.cli;

import com.clarifai.databricks.clarifai.OnExisting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that imports of CSV files and of tables share. */
final class ImportRowsOptions {

    /** How a concept's id is made from its label. */
    enum ConceptIds {
        label,
        id_label;

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    /** Of the description of a command. */
    static final String REJECTS =
            "Rows that are rejected are, with the reason, in the table NAME_rejects beside the tracking table NAME.";

    @Mixin
    private TrackingTableOptions table;

    @Option(names = "--app", required = true, paramLabel = "ID", description = "Clarifai app.")
    private String app;

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "Dataset of that app.")
    private String dataset;

    @Option(
            names = "--columns",
            paramLabel = "NAME=NAME",
            description = "For columns with other names: inputid=id,input=url.")
    private String columns;

    @Option(
            names = "--concept-ids",
            defaultValue = "label",
            paramLabel = "RULE",
            description = "How the id of a concept is made: label (default), or id-label as the old module did.")
    private ConceptIds conceptIds;

    @Option(
            names = "--on-existing",
            defaultValue = "skip",
            paramLabel = "RULE",
            description = "What happens to inputs that the app has already: skip (default), merge or overwrite their"
                    + " concepts, metadata and geo point, or fail: reject the row.")
    private OnExisting onExisting;

    @Option(
            names = "--allow-duplicate-url",
            description = "Import an image by a URL that another input of the app has. Otherwise its row is rejected.")
    private boolean allowDuplicateUrl;

    @Mixin
    private PlaceOption place;

    @Mixin
    private DryRunOptions dryRun;

    @Option(names = "--fail-on-rejects", description = "Exit with code 3 when a row was rejected.")
    private boolean failOnRejects;

    @Mixin
    private ForceOption force;

    /** @throws ParameterException naming the option that is wrong */
    void check(CommandSpec spec) {
        table.check(spec);
    }
}
