package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Run a flow by the id of its route, such as one of your own in routes/.",
            "",
            "A flow that comes with the application takes the options of its command, without hyphens in front; a flow of"
                    + " your own takes any, as headers: max-size=1 is its header maxSize."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  databricks-connect run import-csv source=s3://my-bucket/inputs.csv table=main.default.inputs app=demo"
                        + " dataset=photos")
final class RunCommand extends FlowCommand {

    @Parameters(
            index = "0",
            paramLabel = "FLOW",
            description = "Id of the route: 'databricks-connect routes' shows all.")
    private String flow;

    @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "Parameters of the flow.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--fail-on-rejects", description = "Exit with code 3 when an image or a row was rejected.")
    private boolean failOnRejects;

    @Override
    String flow() {
        return flow;
    }

    @Override
    void check() {
        // the flow's own command does
    }

    @Override
    FlowRequest request() {
        try {
            return new FlowRequest(flow, new FlowCatalog().headers(flow, parameters), failOnRejects());
        } catch (WrongParameterException e) {
            throw new ParameterException(spec().commandLine(), told(e.problems()), e);
        }
    }

    private String told(Map<String, String> problems) {
        List<String> told = new ArrayList<>();
        List<String> missing = problems.keySet().stream()
                .filter(name -> problems.get(name).equals(FlowCatalog.REQUIRED))
                .toList();
        if (!missing.isEmpty()) {
            told.add(flow + " needs more: " + String.join(", ", missing));
        }
        problems.values().stream()
                .filter(problem -> !problem.equals(FlowCatalog.REQUIRED))
                .forEach(told::add);
        return String.join("; ", told);
    }
}
