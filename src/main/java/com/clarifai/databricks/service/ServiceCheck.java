package com.clarifai.databricks.service;

import com.clarifai.databricks.flow.run.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether one of the two services answers; asked anew only every so often, however often the probe comes. */
public final class ServiceCheck extends AbstractHealthCheck {

    private final String endpoint;
    private final Duration interval;
    private final Predicate<Throwable> harmless;
    private Instant askAgainAt = Instant.EPOCH;
    private Throwable failure;

    /**
     * @param endpoint that fails when the service cannot be used
     * @param harmless failures that say that it can
     */
    public ServiceCheck(
            CamelContext context, String service, String endpoint, Duration interval, Predicate<Throwable> harmless) {
        super("databricks-connect", service);
        this.endpoint = endpoint;
        this.interval = interval;
        this.harmless = harmless;
        setCamelContext(context);
    }

    @Override
    public boolean isReadiness() {
        return true;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected synchronized void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (!Instant.now().isBefore(askAgainAt)) {
            Exchange asked = getCamelContext()
                    .createFluentProducerTemplate()
                    .to(endpoint)
                    .withProcessor(exchange -> {})
                    .send();
            failure = asked.getException();
            if (failure != null && harmless.test(failure)) {
                failure = null;
            }
            askAgainAt = Instant.now().plus(interval);
        }
        if (failure == null) {
            builder.up();
        } else {
            builder.down().message(Failure.describe(failure));
        }
    }
}
