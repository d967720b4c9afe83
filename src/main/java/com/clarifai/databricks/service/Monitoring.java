package com.clarifai.databricks.service;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.databricks.DatabricksComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.health.HealthCheckRegistry;

/** Health and metrics of a service, by HTTP below {@code /observe}. */
public final class Monitoring {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

    private Monitoring() {}

    /** Camel's settings for a server at this address, with nothing on it but health and metrics. */
    public static Map<String, String> settings(String host, String port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("camel.management.enabled", "true");
        settings.put("camel.management.host", host);
        settings.put("camel.management.port", port);
        settings.put("camel.management.healthCheckEnabled", "true");
        settings.put("camel.management.healthPath", "/observe/health");
        settings.put("camel.management.metricsEnabled", "true");
        settings.put("camel.metrics.enabled", "true");
        settings.put("camel.metrics.path", "/observe/metrics");
        // a timer for every step of every exchange costs more than the steps
        settings.put("camel.metrics.enableExchangeEventNotifier", "false");
        settings.put("camel.metrics.enableMessageHistory", "false");
        settings.put("camel.metrics.skipCamelInfo", "true");
        settings.put("camel.health.enabled", "true");
        return settings;
    }

    /** Before the context starts. */
    public static void prepare(CamelContext context) {
        // the registry that is served: the settings above have made it
        ServiceMetrics metrics = new ServiceMetrics(MicrometerUtils.getOrCreateMeterRegistry(
                context.getRegistry(), MicrometerConstants.METRICS_REGISTRY_NAME));
        context.getRegistry().bind("runMetrics", metrics);
        context.getComponent("clarifai", ClarifaiComponent.class).setCallListener(metrics.calls("clarifai"));
        context.getComponent("databricks", DatabricksComponent.class).setCallListener(metrics.calls("databricks"));
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(
                new ServiceCheck(context, "databricks", "databricks:getCurrentUser", CHECK_INTERVAL, failure -> false));
        // a token that may not read its user is known all the same
        checks.register(new ServiceCheck(
                context,
                "clarifai",
                "clarifai:getUser",
                CHECK_INTERVAL,
                failure -> ClarifaiException.isKind(failure, Kind.PERMISSION_DENIED)));
    }
}
