package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** UP when Clarifai answers who the token belongs to, or that it knows the token but may not say so. */
class ClarifaiProducerHealthCheck extends AbstractHealthCheck {

    private static final int SECONDS = 10;

    private final ClarifaiEndpoint endpoint;

    ClarifaiProducerHealthCheck(ClarifaiEndpoint endpoint) {
        super("camel", "producer:clarifai-" + endpoint.getId());
        this.endpoint = endpoint;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("service.url", endpoint.getServiceUrl());
        try {
            endpoint.getComponent()
                    .sharedClient()
                    .users()
                    .get(endpoint.getConfiguration().getUserId())
                    .get(SECONDS, TimeUnit.SECONDS);
            builder.up();
        } catch (ExecutionException e) {
            Throwable failure = ClarifaiException.unwrap(e);
            if (ClarifaiException.isKind(failure, ClarifaiException.Kind.PERMISSION_DENIED)) {
                builder.up();
                return;
            }
            builder.down().message(failure.getMessage()).error(failure);
        } catch (TimeoutException e) {
            builder.down().message("Clarifai did not answer within " + SECONDS + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            builder.unknown().message("The check was interrupted");
        }
    }
}
