package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.json.JsonText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "routes",
        description = {
            "Show every route and what it does.",
            "",
            "Loads the files in routes/ as a run would, and connects to nobody: what cannot be loaded is told with its place"
                    + " in the file."
        })
final class RoutesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        PrintWriter out = spec.commandLine().getOut();
        try (Application application = Application.startUnconnected(connect.settings(), new FlowCatalog())) {
            List<Route> routes = application.context().getRoutes().stream()
                    .sorted(Comparator.comparing(Route::getRouteId))
                    .toList();
            if (connect.json()) {
                out.println(JsonText.of(routes.stream().map(RoutesCommand::json).toList()));
            } else {
                routes.forEach(route -> out.printf("%-24s %s%n", route.getRouteId(), route.getDescription()));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static Map<String, String> json(Route route) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("id", route.getRouteId());
        json.put("description", route.getDescription());
        return json;
    }
}
