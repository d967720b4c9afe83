package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.mapping.ClarifaiTime;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.Input;
import com.google.common.collect.Lists;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.ObjectHelper;

/**
 * Takes the inputs of a dataset that have an annotation which is new or was changed, in batches of rows.
 *
 * <p>Each poll searches from a little before the latest change that was dealt with; what was taken is left out. The time
 * moves on only when all batches of a poll have ended well, so that those of a batch that has failed come again.
 */
class ClarifaiInputsConsumer extends ScheduledPollConsumer {

    private static final int REMEMBERED_CHANGES = 100_000;

    /** Most ids that Clarifai is asked for at once. */
    private static final int BATCH = 128;

    private final ClarifaiEndpoint endpoint;
    private final ClarifaiConfiguration configuration;
    private final IdempotentRepository taken;
    private Instant since;

    ClarifaiInputsConsumer(ClarifaiEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.configuration = endpoint.getConfiguration();
        this.taken = configuration.getIdempotentRepository() == null
                ? MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED_CHANGES)
                : configuration.getIdempotentRepository();
    }

    @Override
    protected void doStart() throws Exception {
        if (since == null) {
            Instant given = AnnotationOptions.time(configuration.getModifiedSince());
            since = given == null ? Instant.now() : given;
        }
        ServiceHelper.startService(taken);
        super.doStart();
    }

    @Override
    protected int poll() throws Exception {
        AppRef app = new AppRef(configuration.getUserId(), mandatory("appId", configuration.getAppId()));
        String dataset = mandatory("datasetId", configuration.getDatasetId());
        ClarifaiClient client = endpoint.getComponent().sharedClient();
        List<Hit> found =
                ClarifaiClient.join(client.searches().changes(app, dataset, since, configuration.getPageSize()));
        forceConsumerAsReady();
        Map<String, List<Hit>> changed = found.stream()
                .filter(hit -> !taken.contains(key(hit)))
                .collect(Collectors.groupingBy(hit -> hit.getInput().getId()));
        int count = 0;
        boolean well = true;
        for (List<String> ids : Lists.partition(List.copyOf(changed.keySet()), BATCH)) {
            if (!isRunAllowed() || isSuspendingOrSuspended()) {
                return count;
            }
            List<Input> inputs = ClarifaiClient.join(client.inputs().get(app, ids));
            boolean ended = inputs.isEmpty() || take(rows(app, dataset, inputs));
            if (ended) {
                ids.stream().flatMap(id -> changed.get(id).stream()).forEach(hit -> taken.add(key(hit)));
            }
            well &= ended;
            count++;
        }
        if (well) {
            moveOn(found);
        }
        return count;
    }

    private void moveOn(List<Hit> found) {
        found.stream()
                .map(hit -> time(hit.getAnnotation()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(latest -> latest.minus(Duration.ofMillis(configuration.getOverlap())))
                .filter(since::isBefore)
                .ifPresent(latest -> since = latest);
    }

    private static List<Map<String, Object>> rows(AppRef app, String dataset, List<Input> inputs) {
        return inputs.stream()
                .map(input -> {
                    Map<String, Object> row = InputRows.toRow(input, app.userId(), app.appId());
                    row.put(InputColumns.DATASET_ID, dataset);
                    return row;
                })
                .collect(Collectors.toList());
    }

    /** @return whether the exchange has ended well */
    private boolean take(List<Map<String, Object>> rows) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(rows);
            exchange.getMessage().setHeader(ClarifaiConstants.USER_ID, configuration.getUserId());
            exchange.getMessage().setHeader(ClarifaiConstants.APP_ID, configuration.getAppId());
            exchange.getMessage().setHeader(ClarifaiConstants.DATASET_ID, configuration.getDatasetId());
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                getExceptionHandler()
                        .handleException(
                                "Error processing " + rows.size() + " changed inputs",
                                exchange,
                                exchange.getException());
                return false;
            }
            return true;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static String key(Hit hit) {
        return hit.getAnnotation().getId() + '@' + time(hit.getAnnotation());
    }

    private static Instant time(Annotation annotation) {
        return ClarifaiTime.of(annotation.getModifiedAt());
    }

    private static String mandatory(String option, String value) {
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException(ClarifaiOperations.inputs + " needs the option " + option);
        }
        return value;
    }
}
