package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.run.Run;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A flow that hands its batches to the threads of a pool, and what those threads say is at work on them. */
class RunsInLogsTest {

    private final CamelContext context = new DefaultCamelContext();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Map<String, String> namedIn = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws Exception {
        RunsInLogs.name(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow")
                        .split(body().tokenize(","))
                        .parallelProcessing()
                        .executorService(pool)
                        .to("direct:batch");
                from("direct:batch")
                        .process(RunsInLogsTest.this::note)
                        .threads()
                        .executorService(pool)
                        .process(RunsInLogsTest.this::note);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        pool.shutdownNow();
    }

    private void note(Exchange exchange) {
        namedIn.merge(
                exchange.getMessage().getBody(String.class),
                String.valueOf(MDC.get("runId")),
                (a, b) -> a.equals(b) ? a : a + "," + b);
    }

    @Test
    void eachStepNamesItsOwnRun() {
        send("a,b,c,d", "run-1");
        send("e,f,g,h", "run-2");

        assertThat(namedIn).hasSize(8);
        assertThat(namedIn)
                .allSatisfy((batch, run) -> assertThat(run).isEqualTo(batch.compareTo("e") < 0 ? "run-1" : "run-2"));
    }

    @Test
    void stepOfNoRunNamesNone() {
        send("a,b,c,d", "run-1");
        namedIn.clear();

        send("a,b,c,d", null);

        assertThat(namedIn.values()).hasSize(4).containsOnly("null");
    }

    @Test
    void nothingStaysOnTheThreadsOfAPool() throws Exception {
        send("a,b,c,d", "run-1");

        for (int i = 0; i < 10; i++) {
            assertThat(pool.submit(() -> String.valueOf(MDC.get("runId"))).get(10, TimeUnit.SECONDS))
                    .isEqualTo("null");
        }
        assertThat(MDC.get("runId")).isNull();
    }

    private void send(String batches, String run) {
        context.createProducerTemplate().request("direct:flow", exchange -> {
            exchange.getMessage().setBody(batches);
            if (run != null) {
                exchange.setVariable(Run.VARIABLE, new Run(run, "flow"));
            }
        });
    }
}
