package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.IfExists;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Export a Clarifai dataset to two Delta tables: its inputs and their annotations.",
            "",
            "Both are linked by input_id. With --images, the original images are written into a volume, too."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect export --app demo --dataset photos --catalog main --schema default"
                + " --inputs-table inputs"
                + " --annotations-table annotations")
final class ExportCommand extends FlowCommand {

    @Mixin
    private DatasetOptions dataset;

    @Option(
            names = "--if-exists",
            defaultValue = "fail",
            paramLabel = "RULE",
            description =
                    "What happens when a table exists: fail (default), replace its rows, or merge: add what is new and"
                            + " change what differs.")
    private IfExists ifExists;

    @Option(
            names = "--preview",
            defaultValue = "2",
            paramLabel = "N",
            description = "Show this many rows of each table at the end (default: ${DEFAULT-VALUE}; 0: none).")
    private int preview;

    @Mixin
    private ForceOption force;

    @Override
    String flow() {
        return "export-annotations";
    }

    @Override
    void check() {
        if (preview < 0 || preview > 1_000) {
            throw WrongOption.of(spec(), "--preview", "--preview: a number between 0 and 1000, not " + preview);
        }
        dataset.check(spec());
    }

    @Override
    void afterwards(CamelContext context) {
        if (preview > 0 && !dataset.isDryRun()) {
            preview(context, dataset.inputs());
            preview(context, dataset.annotations());
        }
    }

    private void preview(CamelContext context, TableName table) {
        System.out.println();
        System.out.println(table.fullName());
        System.out.println(TablePreview.text(TablePreview.rows(context, table.fullName(), preview)));
    }
}
