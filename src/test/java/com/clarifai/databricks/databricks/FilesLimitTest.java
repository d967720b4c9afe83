package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the Files API calls of a client follow what the workspace takes. */
class FilesLimitTest {

    private static final String FILE = "/api/2.0/fs/files/f";
    private static final WorkspaceRequest READ = WorkspaceRequest.get(WorkspaceCall.READ_FILE, "f", FILE);

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final ExecutorService callers = Executors.newFixedThreadPool(32);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    @AfterEach
    void stop() {
        callers.shutdownNow();
        workspace.close();
    }

    @Test
    void makesFewerCallsAtATimeWhenTheWorkspaceTakesFewerThanItBeganWith() {
        workspace.on("GET " + FILE, taking(2));

        readTimes(200, workspace.client());

        assertThat(refusals.get()).isPositive().isLessThan(20);
    }

    @Test
    void makesMoreCallsAtATimeWhenTheWorkspaceTakesThem() {
        workspace.on("GET " + FILE, taking(100));

        readTimes(200, workspace.client());

        assertThat(refusals).hasValue(0);
        assertThat(most.get()).isGreaterThan(16);
    }

    @Test
    void neverMakesMoreCallsAtATimeThanTheSettingSays() {
        workspace.on("GET " + FILE, taking(100));

        readTimes(100, workspace.client(workspace.settings().withFilesLimits(7, 0)));

        assertThat(most).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void noCallBeginsWhileTheWorkspaceAsksToBeLeftAlone(int status) {
        workspace.on(
                "GET " + FILE,
                error(status, "REQUEST_LIMIT_EXCEEDED", "too many").with("Retry-After", "7"),
                json("{}"));
        WorkspaceClient client = workspace.client();

        assertThatThrownBy(() -> client.withRetryBudget(Duration.ZERO).json(READ))
                .isInstanceOf(DatabricksException.class);
        client.json(READ);
        client.json(READ);

        assertThat(workspace.waits()).containsExactly(Duration.ofSeconds(7));
    }

    private void readTimes(int times, WorkspaceClient client) {
        IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.runAsync(() -> client.json(READ), callers))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** So many at a time, each for some milliseconds; the others are refused. */
    private Answer taking(int calls) {
        return exchange -> {
            int now = open.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            boolean taken = now <= calls;
            if (taken) {
                Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(10));
            } else {
                refusals.incrementAndGet();
            }
            // before the answer, to which the client may make its next call at once
            open.decrementAndGet();
            (taken ? json("{}") : refused()).to(exchange);
        };
    }

    private static Answer refused() {
        return error(429, "REQUEST_LIMIT_EXCEEDED", "exceeded the concurrent limit")
                .with("Retry-After", "1");
    }
}
