package com.clarifai.databricks;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What loggers say from now on. */
public final class CapturedLog implements AutoCloseable {

    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level level;
    private final List<Logger> heard;
    private final AbstractAppender appender =
            new AbstractAppender("captured-" + UUID.randomUUID(), null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    events.add(event.toImmutable());
                }
            };

    /**
     * @param name of a logger that is heard from INFO on
     * @param others that are heard as they are configured
     */
    public CapturedLog(String name, String... others) {
        logger = (Logger) LogManager.getLogger(name);
        level = logger.getLevel();
        Configurator.setLevel(name, Level.INFO);
        heard = Stream.concat(Stream.of(name), Stream.of(others))
                .map(each -> (Logger) LogManager.getLogger(each))
                .toList();
        appender.start();
        heard.forEach(each -> each.addAppender(appender));
    }

    public List<LogEvent> events() {
        return events;
    }

    public List<String> messages() {
        return events.stream()
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        heard.forEach(each -> each.removeAppender(appender));
        Configurator.setLevel(logger.getName(), level);
    }
}
