package com.clarifai.databricks.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The header with which a server says when to ask again. */
public final class RetryAfter {

    /** Its name. */
    public static final String HEADER = "Retry-After";

    private RetryAfter() {}

    /**
     * The wait that is asked for: a number of seconds, or the time until a date (RFC 9110, 10.2.3).
     *
     * @return none below zero; empty for a value that is neither, which tells nothing
     */
    public static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return HttpDate.parse(text)
                .map(date -> Duration.between(now, date))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }
}
