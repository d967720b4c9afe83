package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.databricks.FakeWorkspace;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose thread waits while the workspace is asked. */
@Timeout(60)
class DatabricksAsyncTest extends DatabricksTestSupport {

    private final CountDownLatch answered = new CountDownLatch(1);

    @AfterEach
    void answer() {
        answered.countDown();
    }

    @Test
    void theThreadOfARouteIsFreeWhileACallIsUnderWay() throws Exception {
        MockEndpoint begun = getMockEndpoint("mock:begun");
        begun.expectedMessageCount(3);
        MockEndpoint ended = getMockEndpoint("mock:ended");
        ended.expectedMessageCount(3);
        routeWithOneThread();

        send3();

        begun.assertIsSatisfied();
        assertThat(ended.getReceivedCounter()).isZero();
        answered.countDown();
        ended.assertIsSatisfied();
    }

    @Test
    void whereAllThreadsOfTheComponentAreAtWorkTheRoutesOwnMakesTheCall() throws Exception {
        context.getComponent("databricks", DatabricksComponent.class).setCallThreads(1);
        MockEndpoint begun = getMockEndpoint("mock:begun");
        begun.expectedMessageCount(2);
        MockEndpoint ended = getMockEndpoint("mock:ended");
        ended.expectedMessageCount(3);
        routeWithOneThread();

        send3();

        begun.assertIsSatisfied();
        await().atMost(20, TimeUnit.SECONDS).until(() -> workspace.requests().size() == 2);
        // the third one waits, as the route's only thread makes the second call
        assertThat(begun.getReceivedCounter()).isEqualTo(2);
        begun.expectedMessageCount(3);
        answered.countDown();
        ended.assertIsSatisfied();
        begun.assertIsSatisfied();
    }

    /** As where no more files may be opened, jars among them. */
    @Test
    void aClassThatCannotBeLoadedFailsTheExchangeAndLeavesNobodyWaiting() throws Exception {
        List<Map<String, Object>> rows = List.of(new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new NoClassDefFoundError("a.b.C");
            }
        });

        CompletableFuture<Exchange> sent = template.asyncSend(
                "databricks:readFiles", exchange -> exchange.getMessage().setBody(rows));

        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    private void routeWithOneThread() throws Exception {
        FakeWorkspace.Answer volume = json("{\"name\":\"images\"}");
        workspace.on("GET " + UNITY_CATALOG + "/volumes/main.default.images", exchange -> {
            awaitAnswer();
            volume.to(exchange);
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:calls?concurrentConsumers=1")
                        .to("mock:begun")
                        .to("databricks:getVolume?catalog=main&schema=default&volume=images")
                        .to("mock:ended");
            }
        });
    }

    private void awaitAnswer() {
        try {
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send3() {
        for (int i = 0; i < 3; i++) {
            template().sendBody("seda:calls", i);
        }
    }
}
