package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideBySideTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch secondFailed = new CountDownLatch(1);
    private final AtomicBoolean cleaned = new AtomicBoolean();

    @BeforeEach
    void routes() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both")
                        .multicast(new SideBySide())
                        .parallelProcessing()
                        .synchronous()
                        .to("direct:first", "direct:second");
                from("direct:first").process(SideBySideTest.this::first);
                from("direct:second").process(SideBySideTest.this::second);
                from("direct:cleaned")
                        .doTry()
                        .to("direct:both")
                        .doFinally()
                        .process(exchange -> cleaned.set(true))
                        .end();
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Ends after the second one, whose failure it waits for. */
    private void first(Exchange exchange) throws Exception {
        exchange.getMessage().setHeader("first", true);
        if (exchange.getMessage().getBody(String.class).contains("second fails")) {
            assertThat(secondFailed.await(30, TimeUnit.SECONDS)).isTrue();
        }
        if (exchange.getMessage().getBody(String.class).contains("first fails")) {
            throw new IllegalStateException("first");
        }
    }

    private void second(Exchange exchange) {
        exchange.getMessage().setHeader("second", true);
        if (exchange.getMessage().getBody(String.class).contains("second fails")) {
            secondFailed.countDown();
            throw new IllegalArgumentException("second");
        }
    }

    private Exchange send(String uri, String body) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void theMessageIsAsTheLastStepLeavesIt() {
        Exchange both = send("direct:both", "all is well");

        assertThat(both.getException()).isNull();
        assertThat(both.getMessage().getHeaders()).containsEntry("second", true).doesNotContainKey("first");
        assertThat(both.getMessage().getBody()).isEqualTo("all is well");
    }

    @Test
    void theFirstOfTheRouteThatFailsIsTheFailureWhicheverFailedBefore() {
        assertThat(send("direct:both", "first fails, second fails").getException())
                .hasMessage("first");
        assertThat(send("direct:both", "first fails").getException()).hasMessage("first");
        assertThat(send("direct:both", "second fails").getException()).hasMessage("second");
    }

    @Test
    void aFailureIsSeenByTheStepsAround() {
        assertThat(send("direct:cleaned", "second fails").getException()).hasMessage("second");
        assertThat(cleaned).isTrue();
    }
}
