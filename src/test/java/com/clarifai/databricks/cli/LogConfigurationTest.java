package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
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
        Level shown = ShippedLog.level(logger);

        assertThat(shown.isMoreSpecificThan(Level.getLevel(level))).isTrue();
        assertThat(shown).isNotEqualTo(Level.getLevel(level));
    }
}
