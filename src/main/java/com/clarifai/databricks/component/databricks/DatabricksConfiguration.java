package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.SqlCompute;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.transfer.TransferMode;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** Options of an endpoint; set on the component they are the defaults of all its endpoints. */
@Configurer
@UriParams
public class DatabricksConfiguration implements Cloneable {

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private DatabricksOperations operation;

    @UriParam(label = "common", description = "Unity Catalog catalog; may be an expression in the simple language.")
    private String catalog;

    @UriParam(label = "common", description = "Schema in the catalog; may be an expression in the simple language.")
    private String schema;

    @UriParam(label = "common", description = "Volume in the schema; may be an expression in the simple language.")
    private String volume;

    @UriParam(label = "producer", description = "Table in the schema.")
    private String table;

    @UriParam(
            label = "common",
            description =
                    "File or directory: whole (/Volumes/catalog/schema/volume/...), or relative to the volume that"
                            + " catalog, schema and volume name; may be an expression in the simple language.")
    private String path;

    @UriParam(
            label = "common",
            defaultValue = "true",
            description = "listFiles: whether to descend, giving files only, or to give the entries of one directory,"
                    + " directories included. files: whether to take those of folders below as well, which is done only"
                    + " when this is set and asks for each folder. deleteDirectory: whether to delete what is in the directory, too; for its"
                    + " safety that is done only when this is set.")
    private Boolean recursive;

    @UriParam(
            label = "consumer",
            description =
                    "The files that are taken, as an Ant pattern of the name (*.png) or, with a slash in it, of the"
                            + " path below the folder (cats/**/*.png).")
    private String filter;

    @UriParam(
            label = "consumer",
            description =
                    "Most files of one message, whose body is then a list of them. When it is not set, each file is a"
                            + " message of its own.")
    private Integer batchSize;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description = "Whether a file is deleted once its exchange has ended well.")
    private boolean delete;

    @UriParam(
            label = "consumer",
            description =
                    "Folder that a file is moved to once its exchange has ended well: whole, or relative to the folder"
                            + " that is read, with the file's path below it kept. What is there already is not overwritten.")
    private String moveTo;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Remembers the files that were taken, by path, size and time, so that a file comes again only when it"
                            + " has changed; by default one in memory, which a restart forgets.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            label = "producer,files",
            defaultValue = "true",
            description = "Whether upload replaces a file that exists, or fails.")
    private boolean overwrite = true;

    @UriParam(
            label = "producer,files",
            description = "Local file that download writes; without it the body becomes a stream of the bytes.")
    private String file;

    @UriParam(
            label = "producer,files",
            defaultValue = "" + ImageLimits.MAX_BYTES,
            description = "Most bytes of a file that readFiles reads; the row of a larger file is rejected.")
    private int maxFileSize = ImageLimits.MAX_BYTES;

    @UriParam(
            label = "producer,files",
            defaultValue = "auto",
            description =
                    "How openTransfer lets readFiles get the files of a volume: files-api, direct (from where the cloud keeps"
                            + " them), by-url (addresses of them, for others to read), or auto, which is direct where that is"
                            + " permitted and else files-api; may be an expression in the simple language.")
    private String transfer = TransferMode.auto.toString();

    @UriParam(label = "producer,compute", description = "Id of a SQL warehouse.")
    private String warehouseId;

    @UriParam(label = "producer,compute", description = "Name of a SQL warehouse, instead of its id.")
    private String warehouseName;

    @UriParam(label = "producer,compute", description = "Id of an all-purpose cluster, instead of a warehouse.")
    private String clusterId;

    @UriParam(label = "producer,compute", description = "HTTP path of a warehouse or a cluster, instead of their ids.")
    private String httpPath;

    @UriParam(
            label = "producer,compute",
            javaType = "java.time.Duration",
            defaultValue = "1200000",
            description = "How long ensureCompute waits for the start of a warehouse or a cluster, in milliseconds.")
    private long startTimeout = SqlCompute.DEFAULT_START_LIMIT.toMillis();

    @UriParam(label = "producer,secret", description = "Secret scope.")
    private String scope;

    @UriParam(label = "producer,secret", description = "Key in the secret scope.")
    private String key;

    @UriParam(
            label = "producer,job",
            description =
                    "Name of the run that submitRun submits or findRun looks for; may be an expression in the simple language.")
    private String runName;

    @UriParam(
            label = "producer,job",
            description =
                    "The jar that submitRun runs, a file of a volume; may be an expression in the simple language.")
    private String jar;

    @UriParam(label = "producer,job", description = "The class in the jar whose main method submitRun runs.")
    private String mainClass;

    @UriParam(
            label = "producer,job",
            description = "At most 64 characters: what was submitted with them before is not submitted again; may be an"
                    + " expression in the simple language.")
    private String idempotencyToken;

    @UriParam(
            label = "producer,job",
            description =
                    "The cluster that submitRun has made for the run, as a JSON object in the terms of the Clusters API"
                            + " (spark_version, node_type_id, num_workers, ...), where no clusterId is given.")
    private String newCluster;

    @UriParam(
            label = "producer,job",
            javaType = "java.time.Duration",
            defaultValue = "0",
            description = "How long a run may take that submitRun submits, in milliseconds; 0 for any time.")
    private long runTimeout;

    @UriParam(
            label = "producer,job",
            description = "The run that awaitRun and cancelRun mean; may be an expression in the simple language.")
    private String runId;

    @UriParam(
            label = "advanced",
            description = "What probe finds out of how the workspace answers where its documentation leaves that open.")
    private WorkspaceFact fact;

    public DatabricksOperations getOperation() {
        return operation;
    }

    public void setOperation(DatabricksOperations operation) {
        this.operation = operation;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }

    public String getSchema() {
        return schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public String getVolume() {
        return volume;
    }

    public void setVolume(String volume) {
        this.volume = volume;
    }

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public Boolean getRecursive() {
        return recursive;
    }

    public void setRecursive(Boolean recursive) {
        this.recursive = recursive;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(String filter) {
        this.filter = filter;
    }

    public Integer getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(Integer batchSize) {
        this.batchSize = batchSize;
    }

    public boolean isDelete() {
        return delete;
    }

    public void setDelete(boolean delete) {
        this.delete = delete;
    }

    public String getMoveTo() {
        return moveTo;
    }

    public void setMoveTo(String moveTo) {
        this.moveTo = moveTo;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public boolean isOverwrite() {
        return overwrite;
    }

    public void setOverwrite(boolean overwrite) {
        this.overwrite = overwrite;
    }

    public String getFile() {
        return file;
    }

    public void setFile(String file) {
        this.file = file;
    }

    public int getMaxFileSize() {
        return maxFileSize;
    }

    public void setMaxFileSize(int maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    public String getTransfer() {
        return transfer;
    }

    public void setTransfer(String transfer) {
        this.transfer = transfer;
    }

    public String getWarehouseId() {
        return warehouseId;
    }

    public void setWarehouseId(String warehouseId) {
        this.warehouseId = warehouseId;
    }

    public String getWarehouseName() {
        return warehouseName;
    }

    public void setWarehouseName(String warehouseName) {
        this.warehouseName = warehouseName;
    }

    public String getClusterId() {
        return clusterId;
    }

    public void setClusterId(String clusterId) {
        this.clusterId = clusterId;
    }

    public String getHttpPath() {
        return httpPath;
    }

    public void setHttpPath(String httpPath) {
        this.httpPath = httpPath;
    }

    public long getStartTimeout() {
        return startTimeout;
    }

    public void setStartTimeout(long startTimeout) {
        this.startTimeout = startTimeout;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    public DatabricksConfiguration copy() {
        try {
            return (DatabricksConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getRunName() {
        return runName;
    }

    public void setRunName(String runName) {
        this.runName = runName;
    }

    public String getJar() {
        return jar;
    }

    public void setJar(String jar) {
        this.jar = jar;
    }

    public String getMainClass() {
        return mainClass;
    }

    public void setMainClass(String mainClass) {
        this.mainClass = mainClass;
    }

    public String getIdempotencyToken() {
        return idempotencyToken;
    }

    public void setIdempotencyToken(String idempotencyToken) {
        this.idempotencyToken = idempotencyToken;
    }

    public String getNewCluster() {
        return newCluster;
    }

    public void setNewCluster(String newCluster) {
        this.newCluster = newCluster;
    }

    public long getRunTimeout() {
        return runTimeout;
    }

    public void setRunTimeout(long runTimeout) {
        this.runTimeout = runTimeout;
    }

    public String getRunId() {
        return runId;
    }

    public void setRunId(String runId) {
        this.runId = runId;
    }

    public WorkspaceFact getFact() {
        return fact;
    }

    public void setFact(WorkspaceFact fact) {
        this.fact = fact;
    }
}
