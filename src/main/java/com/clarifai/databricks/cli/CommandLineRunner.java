package com.clarifai.databricks.cli;

import java.io.PrintWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses the command line, runs the command and reports what went wrong in one line on standard error. */
public final class CommandLineRunner {

    private static final String ERROR_HANDLERS = "org.apache.camel.processor.errorhandler";

    private CommandLineRunner() {}

    /** @return the process's exit code, see {@link ExitCode} */
    public static int run(String... args) {
        return commandLine()
                .setExecutionStrategy(CommandLineRunner::execute)
                .setParameterExceptionHandler(CommandLineRunner::usageProblem)
                .setExecutionExceptionHandler(CommandLineRunner::runProblem)
                .execute(args);
    }

    /** The parser of the command line. */
    static CommandLine commandLine() {
        return new CommandLine(new ConnectCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int execute(ParseResult parsed) {
        int verbosity = root(parsed.commandSpec().commandLine()).verbosity();
        if (verbosity == 0) {
            // what went wrong is said once, by this class
            Configurator.setLevel(ERROR_HANDLERS, Level.OFF);
        } else {
            Configurator.setRootLevel(verbosity == 1 ? Level.INFO : verbosity == 2 ? Level.DEBUG : Level.TRACE);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int usageProblem(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + problem.getMessage());
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int runProblem(Exception problem, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("error: " + Problems.describe(problem));
        if (root(command).verbosity() > 1) {
            problem.printStackTrace(err);
        }
        return problem instanceof InvalidSettingException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    private static ConnectCommand root(CommandLine command) {
        return (ConnectCommand) command.getCommandSpec().root().userObject();
    }
}
