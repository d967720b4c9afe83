package com.clarifai.databricks.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "migrate",
        description = {
            "Rewrite a table of the old Databricks-Connect module into today's schema.",
            "",
            "All columns of such a table are text: its times become times (those without a year are lost), its"
                    + " annotations"
                    + " and image info JSON. It is replaced in one commit; the version before stays in its history."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect migrate main.default.old_annotations --app demo --dataset photos")
final class MigrateCommand extends FlowCommand {

    @Parameters(index = "0", paramLabel = "TABLE", description = "catalog.schema.table")
    private String table;

    @Option(names = "--app", required = true, paramLabel = "ID", description = "Clarifai app that its rows belong to.")
    private String app;

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "Dataset that its rows belong to.")
    private String dataset;

    @Mixin
    private DryRunOptions dryRun;

    @Mixin
    private ForceOption force;

    @Override
    String flow() {
        return "migrate-table";
    }

    @Override
    void check() {
        TableArgument.parse(spec(), table);
    }
}
