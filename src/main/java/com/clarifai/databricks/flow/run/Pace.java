package com.clarifai.databricks.flow.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast something goes on, by what has been done within the last minute. Safe for several threads. */
final class Pace {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Marks closer to each other than that would only take memory. */
    private static final Duration APART = Duration.ofSeconds(1);
    /** Too early for a pace that means something. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private record Mark(Instant time, long done) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    Pace(Instant since) {
        marks.add(new Mark(since, 0));
    }

    synchronized void reached(Instant time, long done) {
        if (Duration.between(marks.getLast().time(), time).compareTo(APART) >= 0) {
            marks.add(new Mark(time, done));
            forget(time);
        }
    }

    /** @return nothing within the first second, and while nothing has been done */
    synchronized OptionalDouble perSecond(Instant now, long done) {
        forget(now);
        Mark from = marks.getFirst();
        Duration took = Duration.between(from.time(), now);
        long more = done - from.done();
        return took.compareTo(LEAST) < 0 || more <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(more * 1000.0 / took.toMillis());
    }

    /** The mark at the window's beginning stays, or else the one before it. */
    private void forget(Instant now) {
        Instant begin = now.minus(WINDOW);
        Mark first = marks.removeFirst();
        while (!marks.isEmpty() && !marks.getFirst().time().isAfter(begin)) {
            first = marks.removeFirst();
        }
        marks.addFirst(first);
    }
}
