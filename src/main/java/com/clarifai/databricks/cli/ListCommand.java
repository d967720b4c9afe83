package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description =
                "List what there is to choose from: in Databricks catalogs, schemas, volumes, tables; in Clarifai apps,"
                        + " datasets.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  databricks-connect list catalogs",
            "  databricks-connect list volumes --catalog main --schema default",
            "  databricks-connect list datasets --app demo"
        })
final class ListCommand implements Callable<Integer> {

    /** What can be listed: where it comes from and the field that names it. */
    enum Kind {
        catalogs("databricks:listCatalogs", "name"),
        schemas("databricks:listSchemas", "name"),
        volumes("databricks:listVolumes", "name"),
        tables("databricks:listTables", "name"),
        apps("clarifai:listApps", "app_id"),
        datasets("clarifai:listDatasets", "dataset_id");

        private final String endpoint;
        private final String nameField;

        Kind(String endpoint, String nameField) {
            this.endpoint = endpoint;
            this.nameField = nameField;
        }

        boolean inClarifai() {
            return endpoint.startsWith("clarifai:");
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--catalog", paramLabel = "NAME", description = "For schemas, volumes and tables.")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "For volumes and tables.")
    private String schema;

    @Option(names = "--app", paramLabel = "ID", description = "For datasets.")
    private String app;

    @Override
    public Integer call() {
        Map<String, Object> headers = new LinkedHashMap<>();
        switch (kind) {
            case schemas -> headers.put("CamelDatabricksCatalog", required("--catalog", catalog));
            case volumes, tables -> {
                headers.put("CamelDatabricksCatalog", required("--catalog", catalog));
                headers.put("CamelDatabricksSchema", required("--schema", schema));
            }
            case datasets -> headers.put("CamelClarifaiAppId", required("--app", app));
            case catalogs, apps -> {
                // listed without a choice made before
            }
        }

        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        if (kind.inClarifai()) {
            Requirements.clarifai(settings);
        } else {
            Requirements.databricks(settings);
        }

        PrintWriter out = spec.commandLine().getOut();
        try (Application application = Application.start(settings)) {
            Iterator<?> rows = application
                    .context()
                    .createFluentProducerTemplate()
                    .withHeaders(headers)
                    .to(kind.endpoint)
                    .request(Iterator.class);
            if (connect.json()) {
                printJson(out, rows);
            } else {
                rows.forEachRemaining(row -> out.println(((Map<?, ?>) row).get(kind.nameField)));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private String required(String option, String value) {
        if (value == null) {
            throw WrongOption.of(spec, option, "Missing option: to list " + kind + ", give " + option + " as well");
        }
        return value;
    }

    /** One JSON array, written as the pages come in. */
    private static void printJson(PrintWriter out, Iterator<?> rows) {
        try (JsonGenerator generator = JsonText.generator(out)) {
            generator.writeStartArray();
            while (rows.hasNext()) {
                generator.writePOJO(rows.next());
            }
            generator.writeEndArray();
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
