package com.clarifai.databricks.sandbox.sql;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code wait_timeout} of a statement: {@code 0s}, or {@code 5s} to {@code 50s}; ten seconds if it is not given. */
final class WaitTimeout {

    private static final Duration DEFAULT = Duration.ofSeconds(10);
    private static final int LEAST = 5;
    private static final int MOST = 50;
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})s");

    private WaitTimeout() {}

    /** Empty if it is none that the API takes. */
    static Optional<Duration> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(DEFAULT);
        }
        Matcher matcher = SECONDS.matcher(text);
        return matcher.matches()
                ? Optional.of(Integer.parseInt(matcher.group(1)))
                        .filter(seconds -> seconds == 0 || LEAST <= seconds && seconds <= MOST)
                        .map(Duration::ofSeconds)
                : Optional.empty();
    }
}
