package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.JobRunState;
import com.clarifai.databricks.databricks.Jobs;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.databricks.model.WaitListener.Wait;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations on runs of jobs, each with what its message says. */
final class JobActions {

    private static final Logger LOG = LoggerFactory.getLogger(JobActions.class);

    private final Jobs jobs;
    private final DatabricksConfiguration configuration;
    private final Message message;
    private final UnaryOperator<String> evaluated;

    /** @param evaluated gives an option its value, which may be an expression */
    JobActions(Jobs jobs, DatabricksConfiguration configuration, Message message, UnaryOperator<String> evaluated) {
        this.jobs = jobs;
        this.configuration = configuration;
        this.message = message;
        this.evaluated = evaluated;
    }

    /** The body is the parameters: a list, or one text. */
    void submit() {
        String cluster = message.getHeader(DatabricksConstants.CLUSTER_ID, String.class);
        cluster = cluster != null ? cluster : evaluated.apply(configuration.getClusterId());
        long run = jobs.submit(new Jobs.Submission(
                needed("runName", configuration.getRunName()),
                evaluated.apply(configuration.getIdempotencyToken()),
                ObjectHelper.isEmpty(cluster) ? null : cluster,
                ObjectHelper.isEmpty(cluster) ? newCluster() : null,
                needed("jar", configuration.getJar()),
                needed("mainClass", configuration.getMainClass()),
                parameters(message.getBody()),
                Duration.ofMillis(configuration.getRunTimeout())));
        message.setHeader(DatabricksConstants.RUN_ID, run);
    }

    private Map<String, Object> newCluster() {
        String json = needed("clusterId or newCluster", configuration.getNewCluster());
        try {
            return JsonText.object(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "newCluster is no JSON object such as {\"spark_version\": \"16.4.x-scala2.12\", \"node_type_id\":"
                            + " \"m5d.large\", \"num_workers\": 2}: " + e.getOriginalMessage());
        }
    }

    private static List<String> parameters(Object body) {
        if (body == null) {
            return List.of();
        }
        return body instanceof Collection<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(body.toString());
    }

    /** The body becomes the run, or null. */
    void find() {
        JobRunState found =
                jobs.findActive(needed("runName", configuration.getRunName())).orElse(null);
        message.setBody(found);
        if (found != null) {
            message.setHeader(DatabricksConstants.RUN_ID, found.id());
        }
    }

    /** The body stays as it is. */
    void await(Exchange exchange) {
        CamelContext context = exchange.getContext();
        WaitListener listener = exchange.getProperty(WaitListener.PROPERTY, WaitListener.NONE, WaitListener.class);
        String[] told = {""};
        try {
            JobRunState ended = jobs.await(
                    runId(),
                    state -> {
                        listener.waitsFor(new Wait(state.what() + " (" + state.lifeCycle() + ")"));
                        if (!told[0].equals(state.lifeCycle())) {
                            LOG.info("{}: {} {}", state.what(), state.lifeCycle(), state.message());
                            told[0] = state.lifeCycle();
                        }
                    },
                    () -> listener.isCancelled() || context.isStopping());
            message.setHeader(DatabricksConstants.RUN_RESULT, ended.result());
        } finally {
            listener.waitsFor(null);
        }
    }

    void cancel() {
        jobs.cancel(runId());
    }

    private long runId() {
        String id = message.getHeader(DatabricksConstants.RUN_ID, String.class);
        try {
            return Long.parseLong(
                    id != null
                            ? id
                            : needed("runId or the header " + DatabricksConstants.RUN_ID, configuration.getRunId()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the id of a run is a number: " + e.getMessage(), e);
        }
    }

    private String needed(String name, String configured) {
        String value = evaluated.apply(configured);
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException(configuration.getOperation() + " needs the option " + name);
        }
        return value;
    }
}
