package com.clarifai.databricks;

import com.clarifai.databricks.cli.CommandLineRunner;

/** The application's entry point. */
public final class DatabricksConnect {

    private DatabricksConnect() {}

    public static void main(String[] args) {
        // before the first java.util.logging logger: the JDBC driver and gRPC log through it
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        System.exit(CommandLineRunner.run(args));
    }
}
