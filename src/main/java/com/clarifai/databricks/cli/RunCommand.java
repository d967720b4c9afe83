package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.FlowParameters;
import java.util.LinkedHashMap;
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
            "Its parameters are the headers at the top of its file, written with hyphens as in a schedule."
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
    FlowRequest request() {
        Map<String, Object> headers = new LinkedHashMap<>();
        parameters.forEach((name, value) -> headers.put(header(name), value));
        return new FlowRequest(flow, headers, failOnRejects);
    }

    private String header(String name) {
        try {
            return FlowParameters.ofOption(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        }
    }
}
