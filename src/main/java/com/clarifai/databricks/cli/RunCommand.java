package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.FlowParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Run a flow by the id of its route, such as one of your own in routes/.",
            "",
            "Its parameters are the headers at the top of its file, written with hyphens as in a schedule."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  databricks-connect run import-csv source=s3://my-bucket/inputs.csv table=main.default.inputs app=demo"
                        + " dataset=photos")
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

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
    public Integer call() {
        Map<String, Object> headers = new LinkedHashMap<>();
        parameters.forEach((name, value) -> headers.put(header(name), value));
        return FlowRunner.run((ConnectCommand) spec.root().userObject(), flow, headers, failOnRejects);
    }

    private String header(String name) {
        try {
            return FlowParameters.ofOption(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
