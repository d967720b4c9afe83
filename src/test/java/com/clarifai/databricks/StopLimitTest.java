package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StopLimitTest {

    /** Process managers often kill after 30 s, and what is in hand may take as long as the shipped setting says. */
    @Test
    void limitIsBelowThirtySecondsAndBeyondTheTimeForWhatIsInHand() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            shipped.load(reader);
        }

        assertThat(Signals.LIMIT.toSeconds())
                .isBetween(Long.parseLong(shipped.getProperty("camel.main.shutdownTimeout")) + 5, 28L);
    }
}
