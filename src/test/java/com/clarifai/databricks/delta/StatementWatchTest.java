package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which statements are cancelled, and when. The watch looks at them once a second, one after the other here. */
@Execution(ExecutionMode.CONCURRENT)
class StatementWatchTest {

    private static final SQLException FAILURE = new SQLException("gone", "08000");

    private final StatementWatch watch = new StatementWatch(Duration.ofHours(1), 1);
    private final StatementWatch impatient = new StatementWatch(Duration.ZERO, 1);

    @AfterEach
    void stop() {
        watch.close();
        impatient.close();
    }

    /** The driver does nothing as long as it does not know the statement's id. */
    @Test
    void aStatementThatGoesOnAfterAStopIsCancelledAgainAndAgainWhateverTheDriverSaysToThat() {
        AtomicInteger cancelled = new AtomicInteger();
        try (StopSignal signal = StopSignal.during(Instant::now);
                StatementWatch.Watched watched = impatient.watch(statement(cancelled))) {
            assertThat((Throwable) watched.told(FAILURE)).isSameAs(FAILURE);

            await().until(() -> cancelled.get() > 1);

            SQLException told = watched.told(FAILURE);
            assertThat((Throwable) told)
                    .hasMessageStartingWith("cancelled, as it was not done long after the run had been asked to stop")
                    .hasCause(FAILURE);
            assertThat(SqlFailure.of(told)).isEqualTo(SqlFailure.CANCELLED);
        }
    }

    @Test
    void aStatementIsLeftAloneWhereNobodyAskedForAStop() {
        AtomicInteger cancelled = new AtomicInteger();
        try (StatementWatch.Watched watched = impatient.watch(statement(cancelled))) {
            awaitALook(impatient);
            assertThat((Throwable) watched.told(FAILURE)).isSameAs(FAILURE);
        }
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aStatementThatBeginsAfterAStopHasHalfOfTheGraceHoweverLongAgoThatWas() {
        AtomicInteger cancelled = new AtomicInteger();
        Instant longAgo = Instant.now().minus(Duration.ofHours(2));
        try (StopSignal signal = StopSignal.during(() -> longAgo);
                StatementWatch.Watched watched = watch.watch(statement(cancelled))) {
            awaitALook(watch);
            assertThat((Throwable) watched.told(FAILURE)).isSameAs(FAILURE);
        }
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aStatementThatIsDoneIsNotCancelled() {
        AtomicInteger cancelled = new AtomicInteger();
        try (StopSignal signal = StopSignal.during(Instant::now)) {
            impatient.watch(statement(cancelled)).close();
            awaitALook(impatient);
        }
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void whatRunsWhenThePoolIsClosedIsWatchedNoMore() {
        impatient.close();

        assertThatCode(() -> impatient.watch(statement(new AtomicInteger())).close())
                .doesNotThrowAnyException();
    }

    /** Two looks at a statement that is watched later: those before it have been looked at by then. */
    private static void awaitALook(StatementWatch watch) {
        AtomicInteger looks = new AtomicInteger();
        try (StopSignal signal = StopSignal.during(() -> {
                    looks.incrementAndGet();
                    return null;
                });
                StatementWatch.Watched later = watch.watch(statement(new AtomicInteger()))) {
            await().until(() -> looks.get() > 1);
        }
    }

    private static Statement statement(AtomicInteger cancelled) {
        return (Statement) Proxy.newProxyInstance(
                StatementWatchTest.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, given) -> {
                    if ("cancel".equals(method.getName())) {
                        cancelled.incrementAndGet();
                        throw new SQLException("no such statement yet");
                    }
                    return null;
                });
    }
}
