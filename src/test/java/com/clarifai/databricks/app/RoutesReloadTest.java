package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of routes that change while a run is under way. */
@Timeout(60)
class RoutesReloadTest {

    private static final String ROUTE = """
            - route:
                id: flow
                from:
                  uri: direct:flow
                  steps:
                    - process: {ref: hold}
                    - setBody: {constant: %s}
            """;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CapturedLog log = new CapturedLog(RoutesReload.class.getName(), "org.apache.camel");
    private final CamelContext context = new DefaultCamelContext();
    private Path file;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        context.getRegistry().bind("hold", (org.apache.camel.Processor) exchange -> {
            begun.countDown();
            held.await();
        });
        context.getShutdownStrategy().setTimeout(1);
        file = Files.writeString(folder.resolve("flow.camel.yaml"), ROUTE.formatted("old"));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
        RoutesReload reload = new RoutesReload(folder);
        reload.setPollTimeout(20);
        context.addService(reload);
        context.start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        context.stop();
        log.close();
    }

    @Test
    void aRunUnderWayEndsWithTheRoutesItBeganWithAndNothingIsWarnedOf() throws Exception {
        ProducerTemplate template = context.createProducerTemplate();
        Future<Exchange> run = template.asyncSend("direct:flow", exchange -> {});
        begun.await();

        Files.writeString(file, ROUTE.formatted("new"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log.messages().stream().anyMatch(text -> text.contains("flow")));
        assertThat(log.messages())
                .containsExactly(
                        "flow.camel.yaml has changed, and is taken up when nothing is under way any more: flow");
        held.countDown();

        assertThat(run.get().getMessage().getBody()).isEqualTo("old");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "new".equals(template.requestBody("direct:flow", null, String.class)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log.messages().contains("Routes reloaded from flow.camel.yaml: flow"));
        assertThat(log.events()).extracting(LogEvent::getLevel).containsOnly(Level.INFO);
    }

    @Test
    void aMistakeIsToldWithItsPlaceAndTheNextVersionIsTakenUp() throws Exception {
        held.countDown();
        Files.writeString(file, ROUTE.formatted("new").replace("setBody", "setBoddy"));
        // an emptied file may be seen before what is written to it
        await().atMost(Duration.ofSeconds(30)).until(() -> log.messages().stream()
                .anyMatch(text -> text.startsWith("flow.camel.yaml is not taken up: ") && text.contains("setBoddy")));

        Files.writeString(file, ROUTE.formatted("newer"));
        ProducerTemplate template = context.createProducerTemplate();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> "newer"
                .equals(template.requestBody("direct:flow", null, String.class)));
    }
}
