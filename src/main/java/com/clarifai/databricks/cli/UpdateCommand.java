package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.run.Deletes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "update",
        description = {
            "Update the two tables of an earlier export: what is new in the dataset is added, what differs is changed.",
            "",
            "Only what changed since the last update is staged and compared, when the history of runs knows of one."
                    + " Rows that"
                    + " do not differ are not written."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect update --app demo --dataset photos --catalog main --schema default"
                + " --inputs-table inputs"
                + " --annotations-table annotations --deletes=mark")
final class UpdateCommand extends FlowCommand {

    @Mixin
    private DatasetOptions dataset;

    @Option(
            names = "--deletes",
            defaultValue = "ignore",
            paramLabel = "RULE",
            description =
                    "What happens to rows of this dataset that Clarifai no longer has: ignore (default), mark them with"
                            + " the time in deleted_at, or remove them.")
    private Deletes deletes;

    @Option(names = "--full", description = "Compare everything, including what has not changed since the last update.")
    private boolean full;

    @Option(
            names = "--search",
            description = "Ask Clarifai to search for what changed since the last update, instead of reading its lists."
                    + " Quicker"
                    + " for large datasets, but not all is found: neither what was deleted nor old inputs"
                    + " that were added to the"
                    + " dataset. An update without --search brings them in.")
    private boolean search;

    @Option(
            names = "--add-columns",
            description = "Add the columns that the tables lack, such as those of tables that the old module made.")
    private boolean addColumns;

    @Mixin
    private ForceOption force;

    @Override
    String flow() {
        return "update-tables";
    }

    @Override
    void check() {
        dataset.check(spec());
    }
}
