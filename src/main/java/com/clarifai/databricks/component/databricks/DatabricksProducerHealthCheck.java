package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.CurrentUser;
import com.clarifai.databricks.databricks.DatabricksException;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the workspace answers and knows the token. */
class DatabricksProducerHealthCheck extends AbstractHealthCheck {

    private final DatabricksEndpoint endpoint;

    DatabricksProducerHealthCheck(DatabricksEndpoint endpoint) {
        super("camel", "producer:databricks-" + endpoint.getId());
        this.endpoint = endpoint;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("databricks.host", endpoint.getServiceUrl());
        try {
            CurrentUser.of(endpoint.client().withRetryBudget(Duration.ZERO));
            builder.up();
        } catch (DatabricksException e) {
            builder.detail("databricks.failure", e.kind().name());
            builder.message(e.getMessage()).error(e).down();
        } catch (IllegalArgumentException e) {
            builder.message(e.getMessage()).error(e).down();
        }
    }
}
