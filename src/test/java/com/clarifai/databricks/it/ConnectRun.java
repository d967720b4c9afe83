package com.clarifai.databricks.it;

import com.clarifai.databricks.cli.CommandLineRunner;
import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A command of the application, run to its end in the JVM of the tests with the routes, the configuration and the logging
 * of the runnable folder: to start a process takes longer than most of these commands. What is about processes, signals,
 * environment variables or log levels uses {@link ConnectProcess}.
 */
final class ConnectRun {

    private ConnectRun() {}

    /** With the settings of the sandbox. */
    static Result run(Sandbox sandbox, String... arguments) {
        return run(sandbox.endpointsFile(), arguments);
    }

    /** One at a time, as standard output and standard error are the whole JVM's. */
    static synchronized Result run(Path config, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode =
                    CommandLineRunner.run(Stream.concat(Stream.of("--config", config.toString()), Stream.of(arguments))
                            .toArray(String[]::new));
            return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }
}
