package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@code log:} step of one's own route says is shown, as the application is configured. */
class LogStepsTest {

    private static final String ROUTE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - log: hello
            """;

    @Test
    void aLogStepHasALoggerThatTheShippedConfigurationShows(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("mine.camel.yaml"), ROUTE);
        Settings settings =
                Settings.load(Path.of("."), Map.of("routes.directory", folder.toString()), Map.of(), null, Map.of());

        LogEvent said = loggedBy(settings);

        assertThat(said.getMessage().getFormattedMessage()).isEqualTo("hello");
        assertThat(ShippedLog.level(said.getLoggerName())).isEqualTo(Level.INFO);
    }

    private static LogEvent loggedBy(Settings settings) {
        List<LogEvent> events = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("steps", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                events.add(event.toImmutable());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger("routes.mine");
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        try (Application application = Application.startUnconnected(settings, new FlowCatalog())) {
            application.context().createProducerTemplate().sendBody("direct:mine", "");
        } finally {
            logger.removeAppender(appender);
        }
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
