package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.FlowCatalog;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.schedule.Schedule;
import com.clarifai.databricks.flow.schedule.ScheduleLog;
import com.clarifai.databricks.flow.schedule.ScheduledFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped template, ticked by hand, around flows that only tell what they were started with. */
@Timeout(60)
class SchedulesTest extends CamelTestSupport {

    private static final Map<String, String> TABLES =
            Map.of("inputs-table", "main.default.inputs", "annotations-table", "main.default.annotations");
    private static final Map<String, String> ROWS =
            Map.of("source", "main.default.rows", "table", "main.default.inputs");
    private static final Map<String, Map<String, String>> PARAMETERS = Map.of(
            "import-volume",
            Map.of("catalog", "main", "schema", "default", "volume", "photos", "table", "inputs"),
            "import-csv",
            Map.of("source", "s3://bucket/rows.csv", "table", "main.default.inputs"),
            "import-delta",
            ROWS,
            "export-annotations",
            TABLES,
            "update-tables",
            TABLES);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ScheduleLog log = new ScheduleLog() {
        @Override
        public void began(Schedule schedule, Run run) {
            told.add("began " + run.flow());
        }

        @Override
        public void ended(Schedule schedule, Run run, Throwable problem) {
            told.add("ended " + run.flow() + (problem == null ? "" : ": " + problem.getMessage()));
        }
    };

    private final List<Map<String, Object>> started = new CopyOnWriteArrayList<>();
    private volatile Processor work = exchange -> {};

    @BeforeEach
    void loadTheShippedTemplate() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        context, "file:" + Path.of("routes/schedules.camel.yaml")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"import-volume", "import-csv", "import-delta", "export-annotations", "update-tables"})
    void everyFlowIsStartedWithItsParametersAndNothingElse(String flow) throws Exception {
        add(flow);

        Exchange tick = template.request(
                "direct:tick", exchange -> exchange.getMessage().setHeader("from", "a timer"));

        assertThat(tick.getException()).isNull();
        Map<String, Object> headers = started.get(0);
        assertThat(headers).containsEntry("app", "demo").containsEntry("dataset", "photos");
        assertThat(new FlowCatalog().names()).containsAll(headers.keySet());
        assertThat(context.getRoute("schedule-test")).isNotNull();
    }

    @Test
    void aTickIsSkippedWhileTheRunBeforeIsUnderWay() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        work = exchange -> {
            atWork.countDown();
            finish.await();
        };
        add("update-tables");

        Future<Exchange> first = template.asyncSend("direct:tick", exchange -> {});
        assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(template.request("direct:tick", exchange -> {}).getException())
                .isNull();
        finish.countDown();
        first.get();

        assertThat(started).hasSize(1);
        template.request("direct:tick", exchange -> {});
        assertThat(started).hasSize(2);
    }

    @Test
    void aRunThatFailedIsUpToTheNextTick() throws Exception {
        work = exchange -> {
            throw new IllegalStateException("Clarifai is away");
        };
        add("export-annotations");

        assertThat(template.request("direct:tick", exchange -> {}).getException())
                .isNull();
        work = exchange -> {};
        template.request("direct:tick", exchange -> {});

        assertThat(started).hasSize(2);
        assertThat(told)
                .containsExactly(
                        "began export-annotations",
                        "ended export-annotations: Clarifai is away",
                        "began export-annotations",
                        "ended export-annotations");
    }

    private void add(String flow) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("schedule.test.flow", flow);
        settings.setProperty("schedule.test.every", "1h");
        settings.setProperty("schedule.test.app", "demo");
        settings.setProperty("schedule.test.dataset", "photos");
        PARAMETERS.get(flow).forEach((name, value) -> settings.setProperty("schedule.test." + name, value));
        Schedule schedule = Schedule.all(settings, new FlowCatalog()).get(0);
        context.getRegistry().bind("schedule-test", new ScheduledFlow(schedule, log));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + flow)
                        .process(exchange ->
                                started.add(Map.copyOf(exchange.getMessage().getHeaders())))
                        .process(exchange -> work.process(exchange));
            }
        });
        TemplatedRouteBuilder.builder(context, "schedule")
                .routeId("schedule-test")
                .parameter("name", schedule.name())
                .parameter("schedule", "schedule-test")
                .parameter("trigger", "direct:tick")
                .parameter("flow", schedule.flow())
                .add();
    }
}
