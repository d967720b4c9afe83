package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.flow.RunSetup;
import com.clarifai.databricks.flow.Tally;
import com.clarifai.databricks.flow.dataset.Changes;
import com.clarifai.databricks.flow.run.Batches;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.LeaseLostException;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunHistory;
import com.clarifai.databricks.flow.run.RunInProgressException;
import com.clarifai.databricks.flow.run.RunInterruptedException;
import com.clarifai.databricks.flow.table.ColumnLists;
import com.clarifai.databricks.flow.table.SqlParameters;
import com.clarifai.databricks.flow.table.Tables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped routes around a flow of one step, with SQL that is recorded instead of run. */
@Timeout(60)
class RunHistoryTest extends CamelTestSupport {

    /** A statement with the values that its parameters had. */
    private record Statement(String sql, Map<String, Object> values) {}

    private final List<Statement> statements = new CopyOnWriteArrayList<>();
    private volatile List<Map<String, Object>> others = List.of();
    private volatile List<Map<String, Object>> ownLock = List.of(Map.of("run_id", "run-1"));
    private volatile Processor step = exchange -> {};
    private volatile Processor sql = exchange -> {};

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties settings = new Properties();
        settings.setProperty("routes.directory", Path.of("routes").toString());
        settings.setProperty("runs.history", "true");
        settings.setProperty("runs.table", "_clarifai_runs");
        settings.setProperty("runs.lease", "5 MINUTES");
        settings.setProperty("runs.renewal", "100ms");
        return settings;
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("flowParameters", new FlowCatalog());
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // as in the shipped route, statements may be repeated
                from("direct:sql")
                        .onException(SQLException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0)
                        .end()
                        .process(RunHistoryTest.this::record);
                from("direct:batches")
                        .split(body().tokenize(","))
                        .stopOnException()
                        .process(exchange -> step.process(exchange));
            }
        };
    }

    private static boolean isOwnLock(Statement statement) {
        return statement.sql().startsWith("SELECT") && statement.sql().contains("WHERE run_id = :?runId AND outcome");
    }

    private void record(Exchange exchange) throws Exception {
        String text = exchange.getMessage().getBody(String.class);
        if (text.startsWith("DESCRIBE")) {
            // there is no table yet
            exchange.getMessage().setBody(List.of());
            return;
        }
        Statement statement = new Statement(text, named(exchange, text));
        statements.add(statement);
        if (isOwnLock(statement)) {
            exchange.getMessage().setBody(ownLock);
        } else if (text.startsWith("SELECT")) {
            exchange.getMessage().setBody(others);
        }
        sql.process(exchange);
    }

    /** The values of the named parameters. */
    private static Map<String, Object> named(Exchange exchange, String statement) {
        Map<String, Object> parameters = new SqlParameters().of(exchange);
        return Pattern.compile(":\\?(\\w+)")
                .matcher(statement)
                .results()
                .map(name -> name.group(1))
                .distinct()
                .collect(Collectors.toMap(name -> name, parameters::get));
    }

    @BeforeEach
    void loadTheShippedRoutes() throws Exception {
        context.getRegistry().bind("tables", new Tables());
        context.getRegistry().bind("declared", ColumnLists.in(Path.of("routes")));
        ShippedRoutes.load(context, "common", Set.of("query", "execute"));
        ShippedRoutes.load(context, "tables", Set.of("table-describe", "table-ensure"));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.resolveMandatoryResource(context, "file:" + Path.of("routes/runs.camel.yaml")));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow")
                        .doTry()
                        .to("kamelet:run-begin")
                        .setBody(constant("a,b"))
                        .to("direct:batches")
                        .bean(Tally.class, "complete")
                        .doFinally()
                        .to("kamelet:run-end")
                        .to("mock:closed")
                        .end();
            }
        });
    }

    @Test
    void runIsRecordedWhenItBeginsAndWhenItHasCompleted() {
        assertThat(run("run-1", Map.of()).getException()).isNull();

        assertThat(withoutRenewals())
                .extracting(Statement::sql)
                .satisfiesExactly(
                        create -> assertThat(create)
                                .contains("CREATE TABLE IF NOT EXISTS `main`.`default`.`_clarifai_runs`"),
                        before -> assertThat(before).startsWith("SELECT run_id"),
                        begin -> assertThat(begin)
                                .contains("MERGE INTO `main`.`default`.`_clarifai_runs`", "INTERVAL 5 MINUTES"),
                        find -> assertThat(find).startsWith("SELECT run_id"),
                        end -> assertThat(end).startsWith("UPDATE"));
        assertThat(withoutRenewals().get(2).values())
                .containsEntry("runId", "run-1")
                .containsEntry("runFlow", "flow")
                .containsEntry("runSubject", "main.default.inputs Demo/Photos");
        assertThat(withoutRenewals().get(4).values())
                .containsEntry("runId", "run-1")
                .containsEntry("runOutcome", "COMPLETED")
                .containsEntry("runError", "")
                .extractingByKey("runCounts")
                .asString()
                .startsWith("{\"inputs\":0,");
    }

    @Test
    void parametersOfTheFlowAreRecordedAndNothingElse() {
        run("run-1", Map.of("volume", "photos", "path", "", "verify", true, "token", "secret", "CamelX", "y"));

        assertThat(withoutRenewals().get(2).values().get("runParameters"))
                .isEqualTo("{\"app\":\"Demo\",\"dataset\":\"Photos\",\"verify\":\"true\",\"volume\":\"photos\"}");
    }

    @Test
    void whatTheFlowHasReadIsRecordedWithItsEnd() {
        long latest = Instant.parse("2026-03-01T12:00:00Z").getEpochSecond() * 1_000_000;
        step = exchange ->
                new Changes().since(exchange.getVariable("run", Run.class), List.of(Map.of("read_until", latest)));

        run("run-1", Map.of());

        assertThat(last().values())
                .containsEntry("runReadUntil", "2026-03-01T12:00:00Z")
                .extractingByKey("runSelection")
                .asString()
                .contains("\"dataset\":\"Photos\"");
    }

    @Test
    void failureIsRecordedInOneLineAndPassedOn() {
        step = exchange -> {
            throw new IllegalStateException(
                    "around",
                    new SQLException(
                            "failed -> SELECT 1,\n2 FAILED. Error Message: [TABLE_GONE] it is gone\nat line 3"));
        };

        Exchange done = run("run-1", Map.of());

        assertThat(done.getException()).hasRootCauseInstanceOf(SQLException.class);
        assertThat(last().values())
                .containsEntry("runOutcome", "FAILED")
                .containsEntry("runError", "[TABLE_GONE] it is gone");
    }

    @Test
    void stopInTheMiddleIsAnInterruption() {
        step = exchange -> {
            throw new RunInterruptedException();
        };

        run("run-1", Map.of());

        assertThat(last().values()).containsEntry("runOutcome", "INTERRUPTED");
    }

    @Test
    void runCompletesWhenOnlyItsEndCannotBeRecorded() throws Exception {
        sql = exchange -> {
            if (exchange.getMessage().getBody(String.class).startsWith("UPDATE")) {
                throw new SQLException("no connection");
            }
        };
        getMockEndpoint("mock:closed").expectedMessageCount(1);

        assertThat(run("run-1", Map.of()).getException()).isNull();
        getMockEndpoint("mock:closed").assertIsSatisfied();
    }

    @Test
    void failedRunKeepsItsCauseWhenItsEndCannotBeRecorded() throws Exception {
        step = exchange -> {
            throw new IllegalStateException("the cause");
        };
        sql = exchange -> {
            if (exchange.getMessage().getBody(String.class).startsWith("UPDATE")) {
                throw new SQLException("no connection");
            }
        };
        getMockEndpoint("mock:closed").expectedMessageCount(1);

        assertThat(run("run-1", Map.of()).getException()).hasRootCauseMessage("the cause");
        getMockEndpoint("mock:closed").assertIsSatisfied();
    }

    @Test
    void runOfAnotherProcessIsNamedAndNothingElseIsDone() {
        others = List.of(
                Map.of("run_id", "run-0", "flow", "import-volume", "host", "tower", "since", 1_772_323_200_000_000L));
        step = exchange -> {
            throw new AssertionError("not to be reached");
        };

        assertThat(run("run-1", Map.of()).getException())
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContainingAll(
                        "run-0", "tower", "since 2026-03-01 00:00:00 UTC", "try again after 5 minutes");
    }

    @Test
    void runOfThisProcessIsRefusedBesideAnotherAndRenewsItsRowWhileItLasts() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        step = exchange -> goOn.await(30, TimeUnit.SECONDS);
        Future<Exchange> first = template.asyncSend("direct:flow", exchange("run-1", Map.of()));
        Awaitility.await().until(() -> statements.stream().anyMatch(s -> s.sql().contains("SET renewed_at")));

        Exchange second = run("run-2", Map.of());
        Exchange otherDataset = exchange("run-3", Map.of("dataset", "Other"));
        goOn.countDown();

        assertThat(second.getException())
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContaining("run-1");
        assertThat(template.send("direct:flow", otherDataset).getException()).isNull();
        assertThat(first.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(statements)
                .filteredOn(s -> s.sql().contains("SET renewed_at = current_timestamp() WHERE"))
                .extracting(s -> s.values().get("runId"))
                .contains("run-1")
                // the run that was refused holds nothing to renew; the one of the other dataset may last long enough to
                .isSubsetOf("run-1", "run-3");
        assertThat(run("run-4", Map.of()).getException()).isNull();
    }

    @Test
    void runThatAnotherTookOverStopsBeforeItsNextBatch() throws Exception {
        ownLock = List.of();
        step = step(exchange -> Awaitility.await()
                .until(() ->
                        statements.stream().filter(RunHistoryTest::isOwnLock).count() > 1));

        Exchange done = run("run-1", Map.of());

        assertThat(done.getException()).hasRootCauseInstanceOf(LeaseLostException.class);
        assertThat(done.getException()).hasStackTraceContaining("another run took over");
        assertThat(last().values()).containsEntry("runOutcome", "FAILED");
    }

    private static boolean isRenewal(Statement statement) {
        return statement.sql().contains("SET renewed_at = current_timestamp() WHERE");
    }

    private long renewals() {
        return statements.stream().filter(RunHistoryTest::isRenewal).count();
    }

    private void lease(String lease) {
        context.getRegistry()
                .lookupByNameAndType("runHistory", RunHistory.class)
                .setLease(lease);
    }

    @Test
    void runWhoseRenewalsFailStopsBeforeItsNextBatchWhenItsLockHasRunOutAndSaysSo() {
        lease("1 SECOND");
        sql = exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("SET renewed_at")) {
                throw new SQLException("no connection");
            }
        };
        step = step(exchange -> {
            Instant recorded = Instant.now();
            Awaitility.await().until(() -> renewals() > 2 && Instant.now().isAfter(recorded.plusSeconds(1)));
        });

        Exchange done = run("run-1", Map.of());

        assertThat(done.getException())
                .hasRootCauseInstanceOf(LeaseLostException.class)
                .hasStackTraceContaining("could not be renewed in time");
        assertThat(last().values()).containsEntry("runOutcome", "FAILED");
        assertThat(String.valueOf(last().values().get("runError"))).contains("runs.lease", "run it again");
    }

    @Test
    void runGoesOnPastItsFirstLeaseWhenARenewalThatFailedSucceedsTheNextTime() {
        lease("4 SECONDS");
        AtomicInteger failures = new AtomicInteger();
        sql = exchange -> {
            // with its repetition
            if (exchange.getMessage().getBody(String.class).contains("SET renewed_at")
                    && failures.incrementAndGet() <= 2) {
                throw new SQLException("no connection");
            }
        };
        AtomicReference<Instant> recorded = new AtomicReference<>();
        step = step(exchange -> {
            recorded.compareAndSet(null, Instant.now());
            Awaitility.await().until(() -> Instant.now().isAfter(recorded.get().plusSeconds(4)));
        });

        Exchange done = run("run-1", Map.of());

        assertThat(failures.get()).isGreaterThan(2);
        assertThat(done.getException()).isNull();
        assertThat(last().values()).containsEntry("runOutcome", "COMPLETED");
    }

    /** A step of the flow that, as the shipped ones, asks for the next batch. */
    private static Processor step(Processor before) {
        return exchange -> {
            before.process(exchange);
            new Batches()
                    .ofCount(
                            exchange.getVariable("run", Run.class),
                            List.of("row").iterator(),
                            1)
                    .next();
        };
    }

    @Test
    void withoutHistoryNothingIsRecordedAndThisProcessStillRunsOneAtATime() throws Exception {
        context.getRegistry()
                .lookupByNameAndType("runHistory", RunHistory.class)
                .setEnabled(false);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        step = exchange -> {
            begun.countDown();
            goOn.await(30, TimeUnit.SECONDS);
        };
        Future<Exchange> first = template.asyncSend("direct:flow", exchange("run-1", Map.of()));
        begun.await(30, TimeUnit.SECONDS);

        Exchange second = run("run-2", Map.of());
        goOn.countDown();

        assertThat(second.getException()).isInstanceOf(RunInProgressException.class);
        assertThat(first.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(statements).isEmpty();
    }

    @Test
    void dryRunLeavesNoTrace() {
        assertThat(run("run-1", Map.of("dryRun", "true")).getException()).isNull();

        assertThat(statements).isEmpty();
    }

    private List<Statement> withoutRenewals() {
        return statements.stream()
                .filter(statement -> !statement.sql().contains("SET renewed_at = current_timestamp() WHERE"))
                .filter(statement -> !isOwnLock(statement))
                .toList();
    }

    private Statement last() {
        List<Statement> all = withoutRenewals();
        return all.get(all.size() - 1);
    }

    private Exchange run(String id, Map<String, Object> headers) {
        return template.send("direct:flow", exchange(id, headers));
    }

    private Exchange exchange(String id, Map<String, Object> headers) {
        Exchange exchange = createExchangeWithBody("a,b");
        exchange.setVariable("run", new Run(id, "flow"));
        exchange.getMessage().setHeader("app", "Demo");
        exchange.getMessage().setHeader("dataset", "Photos");
        exchange.getMessage().setHeader("catalog", "main");
        exchange.getMessage().setHeader("schema", "default");
        exchange.getMessage().setHeader("inputsTable", "Inputs");
        exchange.getMessage().setHeader("annotationsTable", "Annotations");
        new RunSetup().beginExport(exchange, IfExists.merge);
        List.of("catalog", "schema", "inputsTable", "annotationsTable").forEach(exchange.getMessage()::removeHeader);
        exchange.getMessage().getHeaders().putAll(headers);
        return exchange;
    }
}
