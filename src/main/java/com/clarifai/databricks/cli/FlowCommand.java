package com.clarifai.databricks.cli;

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

    /** What the options ask for. @throws ParameterException naming the option that is wrong */
    FlowRequest request() {
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
        return FlowRunner.run((ConnectCommand) spec.root().userObject(), request(), this::afterwards);
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
