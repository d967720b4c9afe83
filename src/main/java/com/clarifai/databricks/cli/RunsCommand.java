package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.HistoryFilter;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        name = "runs",
        description = {
            "Show the latest runs, newest first.",
            "",
            "RUNNING: under way. COMPLETED. FAILED: error says why. INTERRUPTED: stopped by a signal. DIED: it"
                    + " ended without notice, for example because its machine was switched off."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect runs --catalog main --schema default")
final class RunsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TABLE",
            description = "catalog.schema.table, instead of --catalog and --schema and the setting runs.table.")
    private String table;

    @Option(names = "--catalog", paramLabel = "NAME", description = "Catalog of the tables that the runs worked on.")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "Schema of those tables.")
    private String schema;

    @Option(
            names = "--limit",
            defaultValue = "20",
            paramLabel = "N",
            description = "How many runs, at most 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--flow", defaultValue = "", paramLabel = "FLOW", description = "Only runs of this flow.")
    private String flow;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only runs that ended so; REJECTS: completed, but with rejected rows.")
    private Outcome outcome;

    @Option(
            names = "--about",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Only runs whose table, app or dataset has this in its name.")
    private String about;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Only runs that began on this day, such as 2026-03-01, or later.")
    private LocalDate since;

    @Option(
            names = "--skip",
            defaultValue = "0",
            paramLabel = "N",
            description = "Leave out so many of the latest ones, to see older ones than the limit gives.")
    private int skip;

    private enum Outcome {
        COMPLETED,
        REJECTS,
        FAILED,
        INTERRUPTED,
        DIED,
        RUNNING
    }

    @Override
    @SuppressWarnings("unchecked")
    public Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        TableName history = history(settings);
        if (limit < 1 || limit > 1_000) {
            throw WrongOption.of(spec, "--limit", "--limit: a number between 1 and 1000, not " + limit);
        }
        if (skip < 0) {
            throw WrongOption.of(spec, "--skip", "--skip: how many to leave out, not " + skip);
        }
        Requirements.databricks(settings);
        Requirements.sql(settings);
        try (Application application = Application.startUnconnected(settings, new FlowCatalog(), Set.of("list-runs"))) {
            List<Map<String, Object>> runs = application
                    .context()
                    .createFluentProducerTemplate()
                    .withHeader("history", history)
                    .withHeader("limit", limit)
                    .withHeader("offset", skip)
                    .withVariables(filter().variables())
                    .to("direct:list-runs")
                    .request(List.class);
            System.out.println(
                    connect.json()
                            ? JsonText.of(runs.stream().map(RunsCommand::parsed).toList())
                            : TablePreview.text(
                                    runs.stream().map(RunsCommand::line).toList()));
        }
        return ExitCode.OK;
    }

    private HistoryFilter filter() {
        return new HistoryFilter(
                "",
                flow,
                outcome == null ? "" : outcome.name(),
                about,
                since == null
                        ? ""
                        : since.atStartOfDay(ZoneId.systemDefault()).toInstant().toString(),
                "");
    }

    private TableName history(Settings settings) {
        String name = table != null ? table : settings.toProperties().getProperty("runs.table");
        try {
            return TableName.parse(name, catalog, schema);
        } catch (IllegalArgumentException e) {
            throw WrongOption.of(
                    spec, "--catalog", "give --catalog and --schema, or catalog.schema.table: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> line(Map<String, Object> run) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("started", TIME.format(SqlTime.ofMicros(run.get("started_at"))));
        line.put("run_id", run.get("run_id"));
        line.put("flow", run.get("flow"));
        line.put("dataset", run.get("app_id") + "/" + run.get("dataset_id"));
        line.put("outcome", run.get("outcome"));
        line.put("took", took(run));
        line.put("result", run.get("error") != null ? run.get("error") : counts(run));
        return line;
    }

    private static String took(Map<String, Object> run) {
        return run.get("ended_at") == null
                ? null
                : Duration.between(SqlTime.ofMicros(run.get("started_at")), SqlTime.ofMicros(run.get("ended_at")))
                                .toSeconds()
                        + " s";
    }

    private static String counts(Map<String, Object> run) {
        List<String> counts = new ArrayList<>();
        tree(run.get("counts")).properties().forEach(count -> {
            if (count.getValue().asLong() != 0) {
                counts.add(Summary.words(count.getKey()) + " " + count.getValue());
            }
        });
        return String.join(", ", counts);
    }

    /** With what is JSON in the table as JSON, not as text, and times as ISO writes them. */
    private static Map<String, Object> parsed(Map<String, Object> run) {
        Map<String, Object> parsed = new LinkedHashMap<>(run);
        for (String column : List.of("parameters", "counts")) {
            parsed.replace(column, tree(run.get(column)));
        }
        for (String column : List.of("started_at", "ended_at", "read_until")) {
            parsed.computeIfPresent(
                    column, (name, micros) -> SqlTime.ofMicros(micros).toString());
        }
        return parsed;
    }

    private static JsonNode tree(Object json) {
        try {
            return json == null ? NullNode.getInstance() : JsonText.tree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the runs table holds something that is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
