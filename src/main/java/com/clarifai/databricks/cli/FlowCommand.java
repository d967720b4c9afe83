package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.app.FlowRunner;
import com.clarifai.databricks.flow.run.Run;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that runs one flow: from the command line at once, from the console in the background. */
abstract class FlowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** The route that it starts: {@code direct:<flow>}. */
    abstract String flow();

    /** @throws ParameterException naming the option that is wrong, beyond what the parser finds */
    abstract void check();

    /**
     * Refuses what only whoever sits at this machine may ask for.
     *
     * @throws ParameterException naming the option
     */
    void checkElsewhere() {
        // most commands have nothing to do with this machine
    }

    /** What the options ask for. @throws ParameterException naming the option that is wrong */
    FlowRequest request() {
        DryRunOptions.check(spec);
        check();
        return new FlowRequest(flow(), FlowOptions.values(spec), failOnRejects());
    }

    final boolean failOnRejects() {
        return spec.commandLine().getParseResult().hasMatchedOption("--fail-on-rejects");
    }

    /** What else to print once the summary is, unless that is JSON. */
    void afterwards(CamelContext context) {
        // most commands have said it all
    }

    @Override
    public final Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        FlowRequest request = request();
        boolean dryRun = Boolean.parseBoolean(String.valueOf(request.headers().get("dryRun")));
        Run run = FlowRunner.run(
                connect.settings(),
                new FlowCatalog(),
                request,
                new RunOutput(
                        connect.json(), connect.quiet(), dryRun, DryRunOptions.isListing(spec), this::afterwards));
        return request.failOnRejects() && run.get(Run.Count.REJECTED) > 0 ? ExitCode.REJECTS : ExitCode.OK;
    }

    CommandSpec spec() {
        return spec;
    }

    /**
     * @param option that is wrong
     * @param subject what the message begins with: the option, or several
     */
    ParameterException wrong(String option, String subject, IllegalArgumentException problem) {
        return WrongOption.of(spec, option, subject + ": " + problem.getMessage(), problem);
    }
}
