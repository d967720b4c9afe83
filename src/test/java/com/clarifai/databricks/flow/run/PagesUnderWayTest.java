package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PagesUnderWayTest {

    private final Run run = new Run("run", "import-csv");
    private final Batches batches = new Batches();
    private final PagesUnderWay underWay = new PagesUnderWay();

    private Iterator<List<Object>> inTurn(int page, Object... rows) {
        return batches.inTurn(run, page, List.of(rows).iterator(), 1, 100);
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    /** What another thread does, which waits by now or has not had to wait. */
    private static <T> CompletableFuture<T> waiting(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(action.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(new CompletionException(e));
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> result.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    private static CompletableFuture<Object> waiting(Runnable action) {
        return waiting(() -> {
            action.run();
            return "done";
        });
    }

    /** Its last batch may still be under way when the next page begins. */
    @Test
    void aPageHasItsTurnWhenTheOneBeforeHasGivenOutItsLastBatch() throws Exception {
        Iterator<List<Object>> first = inTurn(0, "a", "b");
        assertThat(first.next()).containsExactly("a");

        CompletableFuture<List<Object>> second = waiting(() -> inTurn(1, "c").next());
        assertThat(first.hasNext()).isTrue();
        assertThat(second).isNotDone();
        assertThat(first.next()).containsExactly("b");
        assertThat(second).isNotDone();
        assertThat(first.hasNext()).isFalse();

        assertThat(soon(second)).containsExactly("c");
    }

    @Test
    void pagesAreSentInTheirOrderWhicheverIsClaimedFirst() throws Exception {
        CompletableFuture<List<Object>> second = waiting(() -> inTurn(1, "b").next());
        assertThat(second).isNotDone();

        assertThat(inTurn(0).hasNext()).isFalse();

        assertThat(soon(second)).containsExactly("b");
    }

    /** Else a small page that was read behind a large one would hold that up, which is to be sent first. */
    @Test
    void pagesAreClaimedInTheirOrder() throws Exception {
        CompletableFuture<Object> second = waiting(() -> underWay.takeClaiming(run, 1));
        underWay.takeClaiming(run, 0);
        assertThat(second).isNotDone();

        underWay.claimed(run, 0);

        soon(second);
    }

    @Test
    void aBatchWaitsUntilItsOwnPageIsClaimed() throws Exception {
        CompletableFuture<Object> first = waiting(() -> underWay.awaitClaimed(run, 0));
        CompletableFuture<Object> second = waiting(() -> underWay.awaitClaimed(run, 1));
        assertThat(first).isNotDone();

        underWay.claimed(run, 0);
        soon(first);
        assertThat(second).isNotDone();

        underWay.claimed(run, 1);
        soon(second);
    }

    @Test
    void whoWaitsForAClaimThatFailsFailsWithIt() throws Exception {
        CompletableFuture<Throwable> batch =
                waiting(() -> underWay.awaitClaimed(run, 0)).handle((nothing, failure) -> failure.getCause());

        run.turns().fail(new IllegalStateException("no space"));

        assertThat(soon(batch)).hasMessage("no space");
    }

    /** What Clarifai had under its id goes under another one. */
    @Test
    void aPageThatWasSentMaySendOnceMoreBetweenOthers() {
        inTurn(0).hasNext();
        inTurn(1).hasNext();

        Iterator<List<Object>> again = inTurn(0, "a");
        assertThat(again.next()).containsExactly("a");
        assertThat(again.hasNext()).isFalse();

        assertThat(inTurn(2, "c").next()).containsExactly("c");
    }

    @Test
    void whoWaitsForItsTurnWhenTheRunIsCancelledDoesNotWaitOn() throws Exception {
        inTurn(0, "a").next();
        CompletableFuture<Throwable> second =
                waiting(() -> inTurn(1, "c")).handle((pages, failure) -> failure.getCause());

        run.cancel();

        assertThat(soon(second)).isInstanceOf(RunInterruptedException.class);
    }

    @Test
    void whoWaitsForItsTurnWhenTheLockIsLostDoesNotWaitOn() throws Exception {
        underWay.takeTable(run);
        CompletableFuture<Throwable> second =
                waiting(() -> underWay.takeTable(run)).handle((nothing, failure) -> failure.getCause());

        run.loseToAnother();

        assertThat(soon(second)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void noMorePagesAreUnderWayThanMayBe() throws Exception {
        Iterator<List<?>> pages = underWay.of(
                run, List.<List<?>>of(List.of("a"), List.of("b"), List.of("c")).iterator(), 2);
        pages.next();
        pages.next();

        CompletableFuture<List<?>> third = waiting(pages::next);
        assertThat(third).isNotDone();
        underWay.end(run);

        assertThat(soon(third)).isEqualTo(List.of("c"));
    }

    @Test
    void noPageBeginsAfterOneHasFailedAndNoneIsSent() {
        Iterator<List<?>> pages =
                underWay.of(run, List.<List<?>>of(List.of("a"), List.of("b")).iterator(), 2);
        pages.next();
        Iterator<List<Object>> first = inTurn(0, "a");
        IllegalStateException failure = new IllegalStateException("of a page");
        run.turns().fail(failure);

        assertThat(pages.next()).isEmpty();
        assertThat(pages.hasNext()).isFalse();
        assertThatThrownBy(first::next).isSameAs(failure);
        assertThatThrownBy(() -> inTurn(1, "b")).isSameAs(failure);
        assertThatThrownBy(() -> underWay.ended(run)).isSameAs(failure);
    }

    @Test
    void whatHasBeenSentIsTrackedThoughAnotherPageHasFailed() {
        run.turns().fail(new IllegalStateException("of a page"));

        underWay.takeTable(run);
        underWay.giveTable(run);
        underWay.takeTable(run);
    }

    /** A parallel splitter would lose the pages that are under way. */
    @Test
    void aSourceThatFailsIsToldBehindThePages() {
        IllegalStateException failure = new IllegalStateException("of the source");
        Iterator<List<?>> source = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw failure;
            }

            @Override
            public List<?> next() {
                return Collections.emptyList();
            }
        };

        Iterator<List<?>> pages = underWay.of(run, source, 2);

        assertThat(pages.hasNext()).isTrue();
        assertThat(pages.next()).isEmpty();
        assertThat(pages.hasNext()).isFalse();
        assertThatThrownBy(() -> underWay.ended(run)).isSameAs(failure);
    }

    @Test
    void oneTableIsChangedAfterTheOther() throws Exception {
        underWay.takeTable(run);
        CompletableFuture<Object> second = waiting(() -> underWay.takeTable(run));
        assertThat(second).isNotDone();

        underWay.giveTable(run);

        soon(second);
    }

    @Test
    void aPageThatFailsIsTheFailureOfTheRun() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange page = new DefaultExchange(context);
            page.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException("broken"));

            underWay.failed(page, run);

            assertThatThrownBy(() -> underWay.ended(run)).hasRootCauseMessage("broken");
        }
    }

    @Test
    void whoIsInterruptedWhileItWaitsIsInterruptedAfterwardsToo() throws Exception {
        underWay.takeTable(run);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> underWay.takeTable(run)).isInstanceOf(RunInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aPageThatHasNothingToClaimIsInTheOrderToo() throws Exception {
        CompletableFuture<Object> second = waiting(() -> underWay.claimed(run, 1));
        assertThat(second).isNotDone();

        underWay.claimed(run, 0);

        soon(second);
        underWay.awaitClaimed(run, 1);
    }
}
