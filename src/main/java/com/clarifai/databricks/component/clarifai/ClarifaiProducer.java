package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.google.common.base.Suppliers;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;

/** Starts an operation and lets the exchange go on when its future completes. */
public class ClarifaiProducer extends DefaultAsyncProducer {

    /** Made with the first message: a context without a token must start. */
    private final Supplier<ClarifaiActions> actions;

    private ClarifaiProducerHealthCheck healthCheck;

    public ClarifaiProducer(ClarifaiEndpoint endpoint) {
        super(endpoint);
        this.actions = Suppliers.memoize(() -> new ClarifaiActions(
                endpoint.getComponent().sharedClient(),
                endpoint.getComponent().getDataHost(),
                endpoint.getConfiguration()));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<?> action;
        try {
            action = actions.get().start(exchange);
        } catch (Throwable e) {
            // also a class that cannot be loaded: the exchange has to end, or all that waits for it never does
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        action.whenCompleteAsync(
                (done, failure) -> {
                    if (failure != null) {
                        exchange.setException(ClarifaiException.unwrap(failure));
                    }
                    callback.done(false);
                },
                getEndpoint().getComponent().executor());
        return false;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            healthCheck = new ClarifaiProducerHealthCheck(getEndpoint());
            healthCheck.setEnabled(getEndpoint().getComponent().isHealthCheckProducerEnabled());
            checks.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null && healthCheck != null) {
            checks.removeHealthCheck(healthCheck);
            healthCheck = null;
        }
        super.doStop();
    }

    private WritableHealthCheckRepository healthChecks() {
        return HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    @Override
    public ClarifaiEndpoint getEndpoint() {
        return (ClarifaiEndpoint) super.getEndpoint();
    }
}
