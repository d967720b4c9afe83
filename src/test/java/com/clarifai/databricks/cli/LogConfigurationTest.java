package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped configuration of the log leaves out: what the application says itself, in one line. */
class LogConfigurationTest {

    @ParameterizedTest
    @CsvSource({
        "io.grpc.internal.ManagedChannelImpl, WARN",
        "com.databricks.jdbc.common.DatabricksJdbcConstants, ERROR",
    })
    void whatLibrariesSayOfAUsersMistakeIsNotLogged(String logger, String level) {
        Configuration shipped = ConfigurationFactory.getInstance()
                .getConfiguration(
                        new LoggerContext("shipped"),
                        "shipped",
                        Path.of("config/log4j2.properties").toUri());
        shipped.initialize();

        assertThat(shipped.getLoggerConfig(logger).getLevel().isMoreSpecificThan(Level.getLevel(level)))
                .isTrue();
        assertThat(shipped.getLoggerConfig(logger).getLevel()).isNotEqualTo(Level.getLevel(level));
    }
}
