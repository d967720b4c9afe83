package com.clarifai.databricks.cli;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;

/** The configuration of the log as it is shipped. */
final class ShippedLog {

    private ShippedLog() {}

    /** The least severe level that it shows of a logger. */
    static Level level(String logger) {
        Configuration shipped = ConfigurationFactory.getInstance()
                .getConfiguration(
                        new LoggerContext("shipped"),
                        "shipped",
                        Path.of("config/log4j2.properties").toUri());
        shipped.initialize();
        return shipped.getLoggerConfig(logger).getLevel();
    }
}
