package com.clarifai.databricks.flow.run;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals as Spark SQL writes them behind INTERVAL: {@code 5 MINUTES}, {@code 1 HOUR 30 MINUTES}. */
final class SqlInterval {

    private static final Pattern PART =
            Pattern.compile("\\s*'?(\\d{1,9})'?\\s+(second|minute|hour|day)s?\\b", Pattern.CASE_INSENSITIVE);

    private SqlInterval() {}

    /** @throws IllegalArgumentException when it is none of days, hours, minutes and seconds */
    static Duration parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            ChronoUnit unit = ChronoUnit.valueOf(part.group(2).toUpperCase(Locale.ROOT) + "S");
            sum = sum.plus(Long.parseLong(part.group(1)), unit);
            end = part.end();
        }
        if (sum.isZero() || !text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no interval of days, hours, minutes and seconds, such as 5 MINUTES");
        }
        return sum;
    }
}
