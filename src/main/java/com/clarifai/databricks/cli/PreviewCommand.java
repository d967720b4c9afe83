package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "preview",
        description = "Show the first rows of a table.",
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect preview main.default.annotations --limit 3")
final class PreviewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TABLE", description = "catalog.schema.table")
    private String table;

    @Option(
            names = "--limit",
            defaultValue = "5",
            paramLabel = "N",
            description = "How many rows, at most 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        check();
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        Requirements.databricks(settings);
        Requirements.sql(settings);
        try (Application application =
                Application.startUnconnected(settings, new FlowCatalog(), Set.of(TablePreview.ROUTE))) {
            List<Map<String, Object>> rows = TablePreview.rows(application.context(), table, limit);
            System.out.println(connect.json() ? JsonText.of(rows) : TablePreview.text(rows));
        }
        return ExitCode.OK;
    }

    private void check() {
        TableArgument.parse(spec, table);
        if (limit < 1 || limit > 1_000) {
            throw WrongOption.of(spec, "--limit", "--limit: a number between 1 and 1000, not " + limit);
        }
    }
}
