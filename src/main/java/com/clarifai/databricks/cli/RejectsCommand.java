package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.Iterators;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rejects",
        description = {
            "Show the files and rows that imports into a table have rejected, with the reasons.",
            "",
            "With --output, all of them are written into a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  databricks-connect rejects main.default.inputs",
            "  databricks-connect rejects main.default.inputs --output rejected.csv"
        })
final class RejectsCommand implements Callable<Integer> {

    private static final String INPUTS = "list-rejected-inputs";
    private static final String ROWS = "list-rejected-rows";

    private static final List<String> COLUMNS =
            List.of("source", "input", "app", "dataset", "code", "reason", "raw", "run");

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "TABLE",
            description =
                    "The tracking table of the imports, catalog.schema.table; that of the rejected rows is beside it.")
    private String table;

    @Option(
            names = "--run",
            defaultValue = "",
            paramLabel = "ID",
            description = "Only those that this run has rejected.")
    private String run;

    @Option(
            names = "--limit",
            defaultValue = "20",
            paramLabel = "N",
            description = "How many to show, at most 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write all of them into this new file, as its name ends: .csv or .json.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        TableName tracking = TableArgument.parse(spec, table);
        if (limit < 1 || limit > 1_000) {
            throw WrongOption.of(spec, "--limit", "--limit: a number between 1 and 1000, not " + limit);
        }
        String ending = output == null
                ? ""
                : output.toString().replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
        if (output != null && !List.of("csv", "json").contains(ending)) {
            throw WrongOption.of(spec, "--output", "--output: a file that ends in .csv or .json, not " + output);
        }
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        Requirements.databricks(settings);
        Requirements.sql(settings);
        try (Application application =
                Application.startUnconnected(settings, new FlowCatalog(), Set.of(INPUTS, ROWS))) {
            Iterator<Map<String, Object>> rows = Iterators.concat(
                    new RejectPages(application.context(), "direct:" + INPUTS, tracking, run),
                    new RejectPages(application.context(), "direct:" + ROWS, RunTables.rejectsOf(tracking), run));
            if (output != null) {
                write(rows, ending);
            } else {
                print(rows, connect.json());
            }
        }
        return ExitCode.OK;
    }

    private void print(Iterator<Map<String, Object>> rows, boolean json) throws IOException {
        Iterator<Map<String, Object>> shown = Iterators.limit(rows, limit);
        if (json) {
            writeJson(shown, spec.commandLine().getOut());
            return;
        }
        System.out.println(TablePreview.text(List.of(Iterators.toArray(shown, Map.class))));
        if (rows.hasNext()) {
            System.err.println("There are more: --limit shows so many, --output FILE writes all");
        }
    }

    private void write(Iterator<Map<String, Object>> rows, String ending) throws IOException {
        // asked for before the file is made
        rows.hasNext();
        try (Writer file = Files.newBufferedWriter(output, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            if (ending.equals("json")) {
                writeJson(rows, file);
            } else {
                writeCsv(rows, file);
            }
        } catch (FileSystemException e) {
            throw new InvalidSettingException("cannot write the file '" + output + "' (--output): "
                    + (e instanceof FileAlreadyExistsException
                            ? "it is there already"
                            : e.getClass().getSimpleName()));
        }
    }

    private static void writeCsv(Iterator<Map<String, Object>> rows, Writer file) throws IOException {
        CSVPrinter csv = CSVFormat.DEFAULT
                .builder()
                .setHeader(COLUMNS.toArray(String[]::new))
                .get()
                .print(file);
        while (rows.hasNext()) {
            Map<String, Object> row = rows.next();
            csv.printRecord(COLUMNS.stream().map(row::get));
        }
        csv.flush();
    }

    private static void writeJson(Iterator<Map<String, Object>> rows, Writer file) throws IOException {
        JsonGenerator json = JsonText.generator(file);
        json.writeStartArray();
        while (rows.hasNext()) {
            json.writePOJO(rows.next());
        }
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }
}
