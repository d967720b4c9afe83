package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.ConnectionCheck;
import com.clarifai.databricks.app.Problems;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.check.CheckReport;
import com.clarifai.databricks.flow.check.CheckReport.Result;
import com.clarifai.databricks.flow.check.CheckReport.Status;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.s3.S3Uri;
import com.clarifai.databricks.settings.Settings;
import com.clarifai.databricks.transfer.TransferMode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Check the connections and the rights that the other commands need.",
            "",
            "One line each: ok, FAILED with what to do about it, skipped, or a fact. What is named is checked: name"
                    + " what the flows"
                    + " will work with. A warehouse or cluster that has stopped is started. The exit code is 1 when"
                    + " a check"
                    + " failed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  databricks-connect check",
            "  databricks-connect check --catalog main --schema default --volume photos --table inputs --app demo",
            "  databricks-connect check --catalog main --schema default --app demo --deep"
        })
final class CheckCommand implements Callable<Integer> {

    enum Place {
        machine,
        cluster
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--catalog", paramLabel = "NAME", description = "Catalog of the volume and the tables.")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "Schema of the volume and the tables.")
    private String schema;

    @Option(
            names = "--volume",
            paramLabel = "NAME",
            preprocessor = VolumePathOption.class,
            description = "Volume to import from.")
    private String volume;

    @Option(
            names = "--transfer",
            paramLabel = "WAY",
            description =
                    "Whether the pictures of the volume can get to Clarifai in this way: direct, by-url, files-api or"
                            + " auto. Needs --volume.")
    private TransferMode transfer;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "Table to read and write: a name in --catalog and --schema, or catalog.schema.table.")
    private String table;

    @Option(names = "--app", paramLabel = "ID", description = "Clarifai app.")
    private String app;

    @Option(names = "--dataset", paramLabel = "ID", description = "Dataset of that app.")
    private String dataset;

    @Option(names = "--s3", paramLabel = "URL", description = "CSV file, folder or pattern to read (s3://...).")
    private String s3;

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            description =
                    "Also what the flows need --on cluster (cluster); usual where cluster.id or cluster.new is set,"
                            + " unless this is machine.")
    private Place on;

    @Option(
            names = "--deep",
            description =
                    "Also import, export and update two small pictures, with tables and a dataset of their own that are"
                            + " removed afterwards, and report what both services do where their documentation does"
                            + " not say, for bug reports. Needs --catalog, --schema and --app.")
    private boolean deep;

    @Override
    public Integer call() {
        Map<String, Object> headers = headers();
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        if (on == Place.cluster || on == null && hasCluster(connect.settings())) {
            headers.put("on", "cluster");
        }
        PrintWriter out = spec.commandLine().getOut();
        CheckReport report = ConnectionCheck.run(
                connect.settings(), new FlowCatalog(), headers, connect.json() ? result -> {} : printer(out, false));
        if (connect.json()) {
            out.println(JsonText.of(json(report)));
        }
        out.flush();
        return report.failed() ? ExitCode.FAILED : ExitCode.OK;
    }

    private static boolean hasCluster(Settings settings) {
        return !settings.get("cluster.id").isBlank()
                || !settings.get("cluster.new").isBlank();
    }

    private Map<String, Object> headers() {
        Map<String, Object> headers = new LinkedHashMap<>();
        put(headers, "catalog", catalog);
        put(headers, "schema", schema);
        put(headers, "volume", volume);
        if (transfer != null && volume == null) {
            throw WrongOption.of(spec, "--transfer", "--transfer needs --catalog, --schema and --volume as well");
        }
        put(headers, "transfer", transfer == null ? null : transfer.toString());
        put(headers, "app", app);
        put(headers, "dataset", dataset);
        if (deep && (catalog == null || schema == null || app == null)) {
            throw WrongOption.of(spec, "--deep", "--deep needs --catalog, --schema and --app as well");
        }
        put(headers, "deep", deep ? "true" : null);
        try {
            put(headers, "table", table == null ? null : TableName.parse(table, catalog, schema));
            if (s3 != null) {
                S3Uri.parse(s3);
                headers.put("s3", s3);
            }
        } catch (IllegalArgumentException e) {
            throw WrongOption.of(spec, "--table", "--table or --s3: " + e.getMessage(), e);
        }
        return headers;
    }

    private static void put(Map<String, Object> headers, String name, Object value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    /** @param brief whether to leave out what was skipped */
    static Consumer<Result> printer(PrintWriter out, boolean brief) {
        return result -> {
            if (brief && result.status() == Status.SKIPPED) {
                return;
            }
            String status = result.status() == Status.FAILED
                    ? "FAILED"
                    : result.status().name().toLowerCase(Locale.ROOT);
            out.printf("%-8s %-14s %s%n", status, result.check().label(), detail(result));
            out.flush();
        };
    }

    private static String detail(Result result) {
        return result.failure() == null
                ? result.detail()
                : FlowOptions.onCommandLine(Problems.describe(result.failure())) + " (needs "
                        + result.check().needs() + ")";
    }

    private static Map<String, Object> json(CheckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", !report.failed());
        json.put("checks", report.results().stream().map(ConnectionCheck::json).toList());
        return json;
    }
}
