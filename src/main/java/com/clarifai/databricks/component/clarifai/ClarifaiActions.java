package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.AnnotationFilter;
import com.clarifai.databricks.clarifai.AnnotationUpload;
import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.DatasetMembership;
import com.clarifai.databricks.clarifai.InputDeletion;
import com.clarifai.databricks.clarifai.InputLookup;
import com.clarifai.databricks.clarifai.InputProcessing;
import com.clarifai.databricks.clarifai.InputUpdate;
import com.clarifai.databricks.clarifai.InputUpload;
import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.clarifai.Pages;
import com.clarifai.databricks.clarifai.Polling;
import com.clarifai.databricks.download.ImageDownload;
import com.clarifai.databricks.mapping.AnnotationData;
import com.clarifai.databricks.mapping.AnnotationRows;
import com.clarifai.databricks.mapping.AnnotationRules;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.mapping.OriginalImage;
import com.clarifai.databricks.mapping.ResourceRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Input;
import com.google.common.base.Suppliers;
import com.google.common.collect.Iterators;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** The operations: each reads its parameters from the message, then its body, and sets the new body when done. */
final class ClarifaiActions {

    private final ClarifaiClient client;
    private final ClarifaiConfiguration configuration;
    private final InputLookup lookup;
    private final InputProcessing processing;
    private final InputUpdate update;
    private final AnnotationUpload annotations;
    private final DatasetMembership membership;
    private final InputDeletion deletion;
    private final Supplier<ImageDownload> images;

    ClarifaiActions(ClarifaiClient client, String dataHost, ClarifaiConfiguration configuration) {
        this.client = client;
        this.configuration = configuration;
        this.lookup =
                new InputLookup(client, configuration.isReplaceFailed(), polling(configuration.getDeletionTimeout()));
        this.processing =
                new InputProcessing(client, configuration.isDeleteFailed(), polling(configuration.getTimeout()));
        this.update = new InputUpdate(client, configuration.getMaxBatchBytes());
        this.annotations = new AnnotationUpload(client, configuration.getMaxBatchBytes(), ClarifaiActions::annotations);
        this.membership = new DatasetMembership(client);
        this.deletion = new InputDeletion(client);
        // an HTTP client has a thread, which the other operations need not pay for
        this.images = Suppliers.memoize(() -> new ImageDownload(
                client.settings(),
                new ImageDownload.Options(
                        dataHost,
                        configuration.getMaxImageBytes(),
                        Duration.ofMillis(configuration.getImageTimeout()),
                        configuration.isAllowPrivateHosts())));
    }

    private Polling polling(long timeout) {
        return new Polling(
                Duration.ofMillis(configuration.getPollInterval()),
                Duration.ofMillis(configuration.getPollMaxInterval()),
                Duration.ofMillis(timeout));
    }

    CompletableFuture<?> start(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        int pageSize = configuration.getPageSize();
        return switch (operation(message)) {
            case inputs ->
                throw new IllegalArgumentException("clarifai:inputs begins a route; a step has clarifai:listInputs");
            case getUser -> body(message, client.users().get(userId(message)), ResourceRows::user);
            case listApps -> list(message, client.apps().list(userId(message), pageSize), ResourceRows::app);
            case getApp -> body(message, client.apps().get(app(exchange)), ResourceRows::app);
            case ensureApp -> ensureApp(exchange);
            case listDatasets -> list(message, client.datasets().list(app(exchange), pageSize), ResourceRows::dataset);
            case getDataset ->
                body(message, client.datasets().get(app(exchange), datasetId(exchange)), ResourceRows::dataset);
            case ensureDataset -> ensureDataset(exchange);
            case listInputs -> listInputs(exchange);
            case listDatasetInputs -> listDatasetInputs(exchange);
            case searchDatasetInputs -> searchDatasetInputs(exchange);
            case countDatasetInputs -> countDatasetInputs(exchange);
            case listAnnotations -> listAnnotations(exchange);
            case lookupInputs -> lookup.lookup(app(exchange), rows(message));
            case uploadInputs -> uploadInputs(exchange);
            case awaitInputs -> awaitInputs(exchange);
            case patchInputs -> update.update(app(exchange), rows(message), onExisting(message));
            case postAnnotations -> postAnnotations(exchange);
            case addToDataset -> addToDataset(exchange);
            case deleteInputs -> deletion.delete(app(exchange), ids(message));
            case deleteDataset -> client.datasets().delete(app(exchange), datasetId(exchange));
            case reachDataHost -> CompletableFuture.runAsync(() -> images.get().reachDataHost());
            case downloadImage -> CompletableFuture.completedFuture(downloadImage(message));
            case probe -> probe(exchange).thenAccept(message::setBody);
        };
    }

    private CompletableFuture<?> uploadInputs(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        AppRef app = app(exchange);
        List<Map<String, Object>> rows = datasetRows(message);
        return inDataset(app, message, () -> upload(message).upload(app, rows, jobId(message)));
    }

    private CompletableFuture<?> addToDataset(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        AppRef app = app(exchange);
        List<Map<String, Object>> rows = datasetRows(message);
        return inDataset(app, message, () -> membership.add(app, rows));
    }

    /** Asks for the dataset only when Clarifai has not found what it needs. */
    private CompletableFuture<?> inDataset(AppRef app, Message message, Supplier<CompletableFuture<Void>> action) {
        String datasetId = optionalDatasetId(message);
        boolean create =
                message.getHeader(ClarifaiConstants.CREATE_DATASET, configuration.isCreateDataset(), Boolean.class);
        if (!create || datasetId == null) {
            return action.get();
        }
        return action.get()
                .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                        ? client.datasets().ensure(app, datasetId).thenCompose(ensured -> action.get())
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<?> awaitInputs(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        WaitListener listener = exchange.getProperty(WaitListener.PROPERTY, WaitListener.NONE, WaitListener.class);
        return processing
                .await(app(exchange), rows(message), jobId(message), listener)
                .whenComplete((done, failure) -> listener.waitsFor(null));
    }

    private CompletableFuture<String> probe(Exchange exchange) {
        AppRef app = app(exchange);
        String dataset = datasetId(exchange);
        byte[] picture = exchange.getMessage().getBody(byte[].class);
        return switch (configuration.getFact()) {
            case unknownIds -> client.facts().unknownIds(app);
            case patchCodes -> client.facts().patchCodes(app, dataset);
            case inputIds -> client.facts().inputIds(app, dataset, picture);
            case jobIds -> client.facts().jobIds(app, dataset, picture);
            case requestSize -> client.facts().requestSize(app, dataset, picture);
            case listingOrder -> client.facts().listingOrder(app, dataset, picture);
        };
    }

    private CompletableFuture<?> ensureApp(Exchange exchange) {
        Message message = exchange.getMessage();
        return client.apps().ensure(app(exchange)).thenAccept(ensured -> {
            message.setBody(ResourceRows.app(ensured.app()));
            message.setHeader(ClarifaiConstants.APP_CREATED, ensured.created());
        });
    }

    private CompletableFuture<?> ensureDataset(Exchange exchange) {
        Message message = exchange.getMessage();
        return client.datasets().ensure(app(exchange), datasetId(exchange)).thenAccept(ensured -> {
            message.setBody(ResourceRows.dataset(ensured.dataset()));
            message.setHeader(ClarifaiConstants.DATASET_CREATED, ensured.created());
        });
    }

    private CompletableFuture<?> listInputs(Exchange exchange) {
        AppRef app = app(exchange);
        return list(
                exchange.getMessage(),
                client.inputs().stream(app, configuration.getPageSize()),
                input -> InputRows.toRow(input, app.userId(), app.appId()));
    }

    private CompletableFuture<?> listDatasetInputs(Exchange exchange) {
        AppRef app = app(exchange);
        String datasetId = datasetId(exchange);
        Function<DatasetInput, Map<String, Object>> row = member -> {
            Map<String, Object> columns = InputRows.toRow(member, app.userId(), app.appId());
            columns.put(InputColumns.DATASET_ID, datasetId);
            return columns;
        };
        return list(
                exchange.getMessage(), client.datasetInputs().list(app, datasetId, configuration.getPageSize()), row);
    }

    private CompletableFuture<?> searchDatasetInputs(Exchange exchange) {
        Message message = exchange.getMessage();
        AppRef app = app(exchange);
        String datasetId = datasetId(exchange);
        Instant since = AnnotationOptions.modifiedSince(message, configuration);
        if (since == null) {
            throw missing(message, "modifiedSince", ClarifaiConstants.MODIFIED_SINCE);
        }
        Function<Input, Map<String, Object>> row = input -> {
            Map<String, Object> columns = InputRows.toRow(input, app.userId(), app.appId());
            columns.put(InputColumns.DATASET_ID, datasetId);
            return columns;
        };
        return client.searches()
                .changedInputs(app, datasetId, since, configuration.getPageSize())
                .thenAccept(found -> message.setBody(found.map(inputs -> Iterators.transform(inputs, row::apply))
                        .orElse(null)));
    }

    private CompletableFuture<?> countDatasetInputs(Exchange exchange) {
        return client.searches().count(app(exchange), datasetId(exchange)).thenAccept(count -> exchange.getMessage()
                .setBody(count.orElse(null)));
    }

    private CompletableFuture<?> listAnnotations(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        AppRef app = app(exchange);
        String datasetId = optionalDatasetId(message);
        AnnotationFilter filter = AnnotationOptions.filter(message, configuration);
        Iterator<?> inputs = message.getBody() instanceof Iterator<?> iterator
                ? iterator
                : message.getMandatoryBody(Collection.class).iterator();
        return list(
                message,
                client.annotations()
                        .list(
                                app,
                                Iterators.transform(inputs, ClarifaiActions::inputId),
                                filter,
                                configuration.getPageSize()),
                annotation -> AnnotationRows.toRow(annotation, app.userId(), app.appId(), datasetId));
    }

    private CompletableFuture<?> postAnnotations(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        return annotations
                .post(app(exchange), rows(message), onExisting(message))
                .thenAccept(counts -> {
                    message.setHeader(ClarifaiConstants.ANNOTATION_COUNT, counts.accepted());
                    message.setHeader(ClarifaiConstants.REJECTED_ANNOTATION_COUNT, counts.rejected());
                });
    }

    /** Holds its thread: an image is an exchange of its own, and its route says how many are under way. */
    @SuppressWarnings("unchecked")
    private byte[] downloadImage(Message message) throws InvalidPayloadException {
        OriginalImage image = OriginalImage.of(message.getMandatoryBody(Map.class));
        if (image.absent() != null) {
            throw ImageDownload.absent(image.absent());
        }
        boolean external =
                message.getHeader(ClarifaiConstants.FETCH_EXTERNAL, configuration.isFetchExternal(), Boolean.class);
        Long unchangedSize = message.getHeader(ClarifaiConstants.UNCHANGED_SIZE, Long.class);
        boolean unchanged = unchangedSize != null && images.get().hasSize(image.url(), external, unchangedSize);
        byte[] bytes = unchanged ? null : images.get().get(image.url(), external, image.format());
        message.setBody(bytes);
        return bytes;
    }

    private static <T> CompletableFuture<?> body(
            Message message, CompletableFuture<T> answer, Function<T, Map<String, Object>> row) {
        return answer.thenAccept(found -> message.setBody(row.apply(found)));
    }

    private static <T> CompletableFuture<?> list(
            Message message, CompletableFuture<Pages<T>> pages, Function<T, Map<String, Object>> row) {
        return pages.thenAccept(found -> message.setBody(Iterators.transform(found, row::apply)));
    }

    private ClarifaiOperations operation(Message message) {
        return message.getHeader(ClarifaiConstants.OPERATION, configuration.getOperation(), ClarifaiOperations.class);
    }

    private String userId(Message message) {
        return message.getHeader(ClarifaiConstants.USER_ID, configuration.getUserId(), String.class);
    }

    private InputUpload upload(Message message) {
        return new InputUpload(
                client,
                lookup,
                configuration.getMaxBatchBytes(),
                message.getHeader(
                        ClarifaiConstants.ALLOW_DUPLICATE_URL, configuration.isAllowDuplicateUrl(), Boolean.class));
    }

    private String jobId(Message message) {
        return message.getHeader(ClarifaiConstants.JOB_ID, configuration.getJobId(), String.class);
    }

    private OnExisting onExisting(Message message) {
        return message.getHeader(ClarifaiConstants.ON_EXISTING, configuration.getOnExisting(), OnExisting.class);
    }

    private AppRef app(Exchange exchange) {
        Message message = exchange.getMessage();
        String appId = message.getHeader(ClarifaiConstants.APP_ID, configuration.getAppId(), String.class);
        return new AppRef(userId(message), mandatory(message, appId, "appId", ClarifaiConstants.APP_ID));
    }

    private String datasetId(Exchange exchange) {
        Message message = exchange.getMessage();
        return mandatory(message, optionalDatasetId(message), "datasetId", ClarifaiConstants.DATASET_ID);
    }

    private String optionalDatasetId(Message message) {
        return message.getHeader(ClarifaiConstants.DATASET_ID, configuration.getDatasetId(), String.class);
    }

    private String mandatory(Message message, String value, String option, String header) {
        if (ObjectHelper.isEmpty(value)) {
            throw missing(message, option, header);
        }
        return value;
    }

    private IllegalArgumentException missing(Message message, String option, String header) {
        return new IllegalArgumentException(
                operation(message) + " needs the option " + option + " or the header " + header);
    }

    private static List<Data> annotations(Object value) {
        boolean parsed = value instanceof List<?> list && list.stream().allMatch(Data.class::isInstance);
        return AnnotationRules.apply(
                parsed ? ((List<?>) value).stream().map(Data.class::cast).toList() : AnnotationData.parse(value));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Message message) throws InvalidPayloadException {
        return message.getMandatoryBody(List.class);
    }

    /** The rows, all of the dataset that the message or the step names, or else each of its own. */
    private List<Map<String, Object>> datasetRows(Message message) throws InvalidPayloadException {
        List<Map<String, Object>> rows = rows(message);
        String datasetId = optionalDatasetId(message);
        if (datasetId != null) {
            rows.forEach(row -> row.put(InputColumns.DATASET_ID, datasetId));
        }
        return rows;
    }

    private static List<String> ids(Message message) throws InvalidPayloadException {
        Collection<?> items = message.getMandatoryBody(Collection.class);
        return items.stream().map(ClarifaiActions::inputId).toList();
    }

    /** @param item a row or an id */
    private static String inputId(Object item) {
        return String.valueOf(item instanceof Map<?, ?> row ? row.get(InputColumns.INPUT_ID) : item);
    }
}
