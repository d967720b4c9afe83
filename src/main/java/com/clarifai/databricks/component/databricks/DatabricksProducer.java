package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.Clusters;
import com.clarifai.databricks.databricks.CurrentUser;
import com.clarifai.databricks.databricks.Jobs;
import com.clarifai.databricks.databricks.OpenedFile;
import com.clarifai.databricks.databricks.Secrets;
import com.clarifai.databricks.databricks.SqlCompute;
import com.clarifai.databricks.databricks.UnityCatalog;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.databricks.Warehouses;
import com.clarifai.databricks.databricks.WorkspaceFacts;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.databricks.transfer.FilesApiTransfer;
import com.clarifai.databricks.transfer.Transfer;
import com.clarifai.databricks.transfer.TransferMode;
import com.clarifai.databricks.transfer.Transfers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import org.apache.camel.util.ObjectHelper;

/**
 * Does one operation of the workspace per exchange; its result becomes the body, its inputs are options or headers. The
 * route's thread is free meanwhile: the call is made, and the exchange goes on, on a thread of the component, unless all
 * of these are at work.
 */
class DatabricksProducer extends DefaultAsyncProducer {

    private final DatabricksConfiguration configuration;
    private final Map<String, Expression> expressions = new ConcurrentHashMap<>();
    private WritableHealthCheckRepository healthChecks;
    private DatabricksProducerHealthCheck healthCheck;

    DatabricksProducer(DatabricksEndpoint endpoint) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            getEndpoint().getComponent().callers().execute(() -> {
                operate(exchange);
                callback.done(false);
            });
            return false;
        } catch (RejectedExecutionException e) {
            operate(exchange);
            callback.done(true);
            return true;
        }
    }

    private void operate(Exchange exchange) {
        try {
            doOperation(exchange);
        } catch (Throwable e) {
            // also a class that cannot be loaded: the exchange has to end, or all that waits for it never does
            exchange.setException(e);
        }
    }

    private void doOperation(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        switch (operation(message)) {
            case files ->
                throw new IllegalArgumentException("databricks:files begins a route; a step has databricks:listFiles");
            case getCurrentUser -> message.setBody(currentUser());
            case listCatalogs -> message.setBody(unityCatalog().catalogs());
            case listSchemas -> message.setBody(unityCatalog().schemas(catalog(message)));
            case listVolumes -> message.setBody(unityCatalog().volumes(catalog(message), schema(message)));
            case listTables -> message.setBody(unityCatalog().tables(catalog(message), schema(message)));
            case getCatalog -> message.setBody(unityCatalog().catalog(catalog(message)));
            case getSchema -> message.setBody(unityCatalog().schema(catalog(message), schema(message)));
            case getVolume ->
                message.setBody(unityCatalog().volume(catalog(message), schema(message), volume(message)));
            case getTable -> message.setBody(unityCatalog().table(catalog(message), schema(message), table(message)));
            case createVolume ->
                message.setBody(unityCatalog().createVolume(catalog(message), schema(message), volume(message)));
            case listFiles -> listFiles(message);
            case findFile -> message.setBody(files().find(path(message)).orElse(null));
            case openTransfer -> openTransfer(exchange, message);
            case readFiles -> readFiles(message);
            case download -> download(exchange, message);
            case upload -> upload(message);
            case delete -> files().delete(path(message));
            case deleteDirectory -> deleteDirectory(message);
            case mkdir -> files().makeDirectory(path(message));
            case getSecret -> message.setBody(secrets().get(scope(message), key(message)));
            case listWarehouses -> message.setBody(warehouses().list().iterator());
            case getWarehouse -> message.setBody(warehouses().get(warehouseId(message)));
            case listClusters -> message.setBody(clusters().list());
            case getCluster -> message.setBody(clusters().get(clusterId(message)));
            case submitRun -> jobs(message).submit();
            case findRun -> jobs(message).find();
            case awaitRun -> jobs(message).await(exchange);
            case cancelRun -> jobs(message).cancel();
            case ensureCompute -> ensureCompute(exchange);
            case probe -> message.setBody(probe(message));
        }
    }

    private Map<String, Object> currentUser() {
        CurrentUser user = CurrentUser.of(getEndpoint().client());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("userName", user.userName());
        body.put("displayName", user.displayName());
        body.put("active", user.active());
        return body;
    }

    private void listFiles(Message message) {
        VolumePath directory = path(message);
        message.setBody(recursive(true) ? files().listRecursively(directory) : files().list(directory));
    }

    private void openTransfer(Exchange exchange, Message message) {
        VolumePath volume = VolumePath.of(catalog(message), schema(message), volume(message));
        String mode = evaluated(message, configuration.getTransfer());
        Transfer transfer = new Transfers(
                        getEndpoint().client(), getEndpoint().getComponent().storage())
                .open(volume, ObjectHelper.isEmpty(mode) ? TransferMode.auto : TransferMode.of(mode));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                transfer.close();
            }
        });
        message.setHeader(DatabricksConstants.OPENED_TRANSFER, transfer);
        message.setBody(transfer.description());
    }

    @SuppressWarnings("unchecked")
    private void readFiles(Message message) throws InvalidPayloadException, InterruptedException {
        List<Map<String, Object>> rows = message.getMandatoryBody(List.class);
        Transfer opened = message.getHeader(DatabricksConstants.OPENED_TRANSFER, Transfer.class);
        new RowImages(
                        opened == null ? new FilesApiTransfer(files()) : opened,
                        configuration.getMaxFileSize(),
                        getEndpoint().getComponent().readers())
                .readInto(rows);
    }

    private void download(Exchange exchange, Message message) {
        VolumePath path = path(message);
        String file = option(message, DatabricksConstants.FILE, configuration.getFile());
        if (ObjectHelper.isEmpty(file)) {
            OpenedFile stream = files().open(path);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    IOHelper.close(stream);
                }
            });
            message.setBody(stream);
            message.removeHeader(DatabricksConstants.CONTENT_LENGTH);
            stream.length().ifPresent(length -> message.setHeader(DatabricksConstants.CONTENT_LENGTH, length));
        } else {
            files().download(path, Path.of(file));
            message.setBody(new File(file));
        }
    }

    private void upload(Message message) throws IOException, InvalidPayloadException {
        VolumePath path = path(message);
        Object body = message.getBody() instanceof WrappedFile<?> wrapped ? wrapped.getFile() : message.getBody();
        if (body instanceof File file) {
            files().upload(path, file.toPath(), configuration.isOverwrite());
        } else if (body instanceof Path file) {
            files().upload(path, file, configuration.isOverwrite());
        } else if (body instanceof byte[] || body instanceof String) {
            files().upload(path, message.getMandatoryBody(byte[].class), configuration.isOverwrite());
        } else {
            uploadStream(path, message.getMandatoryBody(InputStream.class));
        }
    }

    /** By way of a file: a stream can be sent once only, and its length is not known. */
    private void uploadStream(VolumePath path, InputStream stream) throws IOException {
        Path file = Files.createTempFile("databricks-upload-", ".part");
        try (stream) {
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            files().upload(path, file, configuration.isOverwrite());
        } finally {
            Files.delete(file);
        }
    }

    private void deleteDirectory(Message message) {
        VolumePath directory = path(message);
        if (recursive(false)) {
            files().deleteRecursively(directory);
        } else {
            files().deleteDirectory(directory);
        }
    }

    private void ensureCompute(Exchange exchange) {
        Message message = exchange.getMessage();
        WaitListener listener = exchange.getProperty(WaitListener.PROPERTY, WaitListener.NONE, WaitListener.class);
        try {
            String running = compute(message)
                    .ensureRunning(
                            Duration.ofMillis(configuration.getStartTimeout()),
                            new StartProgress(getEndpoint().getCamelContext(), listener));
            message.setHeader(DatabricksConstants.COMPUTE, running);
        } finally {
            listener.waitsFor(null);
        }
    }

    private SqlCompute compute(Message message) {
        return SqlCompute.of(
                getEndpoint().client(),
                option(message, DatabricksConstants.HTTP_PATH, configuration.getHttpPath()),
                option(message, DatabricksConstants.WAREHOUSE_ID, configuration.getWarehouseId()),
                option(message, DatabricksConstants.WAREHOUSE_NAME, configuration.getWarehouseName()),
                option(message, DatabricksConstants.CLUSTER_ID, configuration.getClusterId()));
    }

    private String probe(Message message) {
        WorkspaceFacts facts = new WorkspaceFacts(getEndpoint().client());
        return switch (configuration.getFact()) {
            case endedSession -> facts.endedSession(compute(message));
            case sessionTimes -> facts.sessionTimes(compute(message));
            case existingVolume -> facts.existingVolume(catalog(message), schema(message), volume(message));
        };
    }

    private UnityCatalog unityCatalog() {
        return new UnityCatalog(getEndpoint().client());
    }

    private VolumeFiles files() {
        return new VolumeFiles(getEndpoint().client());
    }

    private Warehouses warehouses() {
        return new Warehouses(getEndpoint().client());
    }

    private Clusters clusters() {
        return new Clusters(getEndpoint().client());
    }

    private Secrets secrets() {
        return new Secrets(getEndpoint().client());
    }

    private JobActions jobs(Message message) {
        return new JobActions(
                new Jobs(getEndpoint().client()), configuration, message, configured -> evaluated(message, configured));
    }

    private boolean recursive(boolean unset) {
        return configuration.getRecursive() == null ? unset : configuration.getRecursive();
    }

    private DatabricksOperations operation(Message message) {
        return message.getHeader(
                DatabricksConstants.OPERATION, configuration.getOperation(), DatabricksOperations.class);
    }

    private String catalog(Message message) {
        return mandatory(message, "catalog", DatabricksConstants.CATALOG, configuration.getCatalog());
    }

    private String schema(Message message) {
        return mandatory(message, "schema", DatabricksConstants.SCHEMA, configuration.getSchema());
    }

    private String volume(Message message) {
        return mandatory(message, "volume", DatabricksConstants.VOLUME, configuration.getVolume());
    }

    private String table(Message message) {
        return mandatory(message, "table", DatabricksConstants.TABLE, configuration.getTable());
    }

    private String warehouseId(Message message) {
        return mandatory(message, "warehouseId", DatabricksConstants.WAREHOUSE_ID, configuration.getWarehouseId());
    }

    private String clusterId(Message message) {
        return mandatory(message, "clusterId", DatabricksConstants.CLUSTER_ID, configuration.getClusterId());
    }

    private String scope(Message message) {
        return mandatory(message, "scope", DatabricksConstants.SCOPE, configuration.getScope());
    }

    private String key(Message message) {
        return mandatory(message, "key", DatabricksConstants.KEY, configuration.getKey());
    }

    /** A whole path stands alone; any other is in the volume that catalog, schema and volume name. */
    private VolumePath path(Message message) {
        String path = option(message, DatabricksConstants.PATH, configuration.getPath());
        if (ObjectHelper.isNotEmpty(path) && (path.startsWith("/") || path.startsWith("dbfs:"))) {
            return VolumePath.parse(path);
        }
        VolumePath root = VolumePath.of(catalog(message), schema(message), volume(message));
        return ObjectHelper.isEmpty(path) ? root : root.resolve(path);
    }

    private String mandatory(Message message, String name, String header, String configured) {
        String value = option(message, header, configured);
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException(
                    operation(message) + " needs the option " + name + " or the header " + header);
        }
        return value;
    }

    private String option(Message message, String header, String configured) {
        String value = message.getHeader(header, String.class);
        return value != null ? value : evaluated(message, configured);
    }

    /** An option may be an expression in the simple language, so that a name from outside is never part of a URI. */
    private String evaluated(Message message, String configured) {
        if (configured == null || !configured.contains("${")) {
            return configured;
        }
        return expressions
                .computeIfAbsent(configured, text -> getEndpoint()
                        .getCamelContext()
                        .resolveLanguage("simple")
                        .createExpression(text))
                .evaluate(message.getExchange(), String.class);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        healthChecks = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (healthChecks != null) {
            healthCheck = new DatabricksProducerHealthCheck(getEndpoint());
            healthCheck.setEnabled(getEndpoint().getComponent().isHealthCheckProducerEnabled());
            healthChecks.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthChecks != null && healthCheck != null) {
            healthChecks.removeHealthCheck(healthCheck);
            healthCheck = null;
        }
        super.doStop();
    }
}
