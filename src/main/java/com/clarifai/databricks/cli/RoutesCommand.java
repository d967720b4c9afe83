package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.app.BrokenRouteException;
import com.clarifai.databricks.app.RouteMap;
import com.clarifai.databricks.flow.table.StatementFiles;
import com.clarifai.databricks.json.JsonText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "routes",
        description = {
            "Show every route and what it does, or with --sql every statement.",
            "",
            "Loads the files in routes/ as a run would, and connects to nothing. File, line and route of a mistake are"
                    + " named, also of calls that lead nowhere and of variables and properties that nothing sets."
        })
final class RoutesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--sql",
            description = {
                "Show the statements of routes/sql/ with the columns of routes/tables/ filled in.",
                "What only a run knows stays as it is in the files."
            })
    private boolean sql;

    @Parameters(
            arity = "0..1",
            paramLabel = "ROUTE",
            description = "Only this route, such as import-volume, and those that it calls.")
    private String only;

    @Override
    public Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        PrintWriter out = spec.commandLine().getOut();
        try (Application application = Application.startUnconnected(connect.settings(), new FlowCatalog())) {
            Path directory = Path.of(application.context().resolvePropertyPlaceholders("{{routes.directory}}"));
            List<String> mistakes = RouteCheck.mistakes(directory);
            if (!mistakes.isEmpty()) {
                throw new BrokenRouteException(String.join(System.lineSeparator() + "error: ", mistakes), null);
            }
            if (sql) {
                printStatements(directory, out, connect.json());
            } else {
                printRoutes(application.context(), directory, out, connect.json());
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private void printRoutes(CamelContext context, Path directory, PrintWriter out, boolean asJson) {
        Set<String> chosen = only == null ? null : RouteMap.of(directory).calledBy(only);
        List<Route> routes = context.getRoutes().stream()
                .filter(route -> chosen == null || chosen.contains(route.getRouteId()))
                .sorted(Comparator.comparing(Route::getRouteId))
                .toList();
        if (asJson) {
            out.println(JsonText.of(routes.stream().map(RoutesCommand::json).toList()));
        } else {
            routes.forEach(route -> out.printf("%-24s %s%n", route.getRouteId(), route.getDescription()));
        }
    }

    private void printStatements(Path directory, PrintWriter out, boolean asJson) {
        StatementFiles statements = new StatementFiles(directory);
        List<Path> files = statements.files();
        if (only != null) {
            RouteMap routes = RouteMap.of(directory);
            files = routes.statements(routes.calledBy(only), files);
        }
        if (asJson) {
            out.println(JsonText.of(files.stream()
                    .map(file -> statement(file, statements.filled(file)))
                    .toList()));
        } else {
            files.forEach(file -> out.printf("-- %s%n%s%n", file, statements.filled(file)));
        }
    }

    private static Map<String, String> statement(Path file, String sql) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("file", file.getFileName().toString());
        json.put("sql", sql);
        return json;
    }

    private static Map<String, String> json(Route route) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("id", route.getRouteId());
        json.put("description", route.getDescription());
        return json;
    }
}
