package com.clarifai.databricks.delta;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels statements that go on for long after those for whom they are run have asked to stop: the server would go on with
 * them, for hours if need be, when nobody waits for them any more.
 */
final class StatementWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Duration grace;
    private final ScheduledThreadPoolExecutor watches;

    /**
     * @param grace what statements still have when a stop was asked for; one that begins later has half of it at least
     * @param statements at the same time; telling the server may take long for each
     */
    StatementWatch(Duration grace, int statements) {
        this.grace = grace;
        watches = new ScheduledThreadPoolExecutor(statements, task -> {
            Thread thread = new Thread(task, "statement watch");
            thread.setDaemon(true);
            return thread;
        });
        // of what runs when the pool is closed
        watches.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        watches.setRemoveOnCancelPolicy(true);
        watches.setKeepAliveTime(INTERVAL.toSeconds() * 2, TimeUnit.SECONDS);
        watches.allowCoreThreadTimeOut(true);
    }

    /** A statement that this thread runs. */
    final class Watched implements AutoCloseable {

        private final Statement statement;
        private final Instant begun = Instant.now();
        private final Supplier<Instant> stop = StopSignal.current();
        private final Future<?> watch;
        private volatile boolean cancelled;

        private Watched(Statement statement) {
            this.statement = statement;
            watch = watches.scheduleWithFixedDelay(
                    this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** The driver does nothing as long as it has no answer with the statement's id: it is told again and again. */
        private void look() {
            Instant asked = stop.get();
            if (asked == null || Instant.now().isBefore(limit(asked))) {
                return;
            }
            cancelled = true;
            try {
                statement.cancel();
            } catch (SQLException | RuntimeException e) {
                LOG.debug("Could not cancel a statement", e);
            }
        }

        private Instant limit(Instant asked) {
            Instant ofAll = asked.plus(grace);
            Instant ofThis = begun.plus(grace.dividedBy(2));
            return ofAll.isAfter(ofThis) ? ofAll : ofThis;
        }

        /** What the failure is called by those who wait for it. */
        SQLException told(SQLException failure) {
            return cancelled
                    ? new SQLException(
                            "cancelled, as it was not done long after the run had been asked to stop; run it again to"
                                    + " complete it",
                            SqlFailure.OPERATION_CANCELED,
                            failure)
                    : failure;
        }

        @Override
        public void close() {
            watch.cancel(false);
        }
    }

    Watched watch(Statement statement) {
        return new Watched(statement);
    }

    @Override
    public void close() {
        watches.shutdownNow();
    }
}
