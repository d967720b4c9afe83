package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.InputUpload;
import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.clarifai.Polling;
import com.clarifai.databricks.download.ImageDownload;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** Options of a {@code clarifai:} step. */
@Configurer
@UriParams
public class ClarifaiConfiguration implements Cloneable {

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private ClarifaiOperations operation;

    @UriParam(
            label = "common",
            defaultValue = ClarifaiSettings.DEFAULT_USER_ID,
            description = "The owner of the app; \"me\" is the owner of the token.")
    private String userId = ClarifaiSettings.DEFAULT_USER_ID;

    @UriParam(label = "common", description = "The app.")
    private String appId;

    @UriParam(
            label = "common",
            description = "The dataset. For uploadInputs, addToDataset and listAnnotations it is also put in each row.")
    private String datasetId;

    @UriParam(
            label = "producer,upload",
            defaultValue = "false",
            description =
                    "Whether uploadInputs and addToDataset create the dataset when it is missing. Otherwise that fails the exchange.")
    private boolean createDataset;

    @UriParam(
            label = "producer,upload",
            description =
                    "The inputs-add job that uploadInputs counts its inputs in and that awaitInputs asks before it asks for the inputs. Give each batch a job of its own.")
    private String jobId;

    @UriParam(label = "common", defaultValue = "128", description = "Items of one page of a list, at most 1000.")
    private int pageSize = 128;

    @UriParam(
            label = "producer,upload",
            defaultValue = "33554432",
            description = "Most bytes of one upload request, beside the limit of 128 inputs or annotations.")
    private int maxBatchBytes = InputUpload.DEFAULT_MAX_BATCH_BYTES;

    @UriParam(
            label = "producer,upload",
            defaultValue = "false",
            description =
                    "Whether lookupInputs deletes any existing input that Clarifai failed to process, so that it is uploaded again. Otherwise only those that an earlier run has uploaded (rows with resumed or refused); the rows of others are rejected.")
    private boolean replaceFailed;

    @UriParam(
            label = "producer,upload",
            defaultValue = "true",
            description = "Whether awaitInputs deletes inputs of this run that Clarifai failed to process.")
    private boolean deleteFailed = true;

    @UriParam(
            label = "producer,upload",
            defaultValue = "false",
            description =
                    "Whether uploadInputs may add an image by a URL that another input of the app has. Otherwise its row is rejected.")
    private boolean allowDuplicateUrl;

    @UriParam(
            label = "producer,upload",
            defaultValue = "SKIP",
            description =
                    "What patchInputs and postAnnotations do with rows whose input existed before: SKIP changes nothing, MERGE adds concepts, metadata and annotations and replaces the geo, OVERWRITE replaces concepts, metadata and geo and adds annotations, FAIL rejects the row.")
    private OnExisting onExisting = OnExisting.SKIP;

    @UriParam(
            label = "producer,list",
            description =
                    "Lists annotations of these statuses only, with commas between them: names of the API, such as SUCCESS,AWAITING_REVIEW, or codes.")
    private String annotationStatuses;

    @UriParam(label = "producer,list", description = "Lists annotations of these users only, with commas between them.")
    private String annotationUserIds;

    @UriParam(
            label = "producer,list",
            description = "Lists predictions of these versions of models only, with commas between them.")
    private String modelVersionIds;

    @UriParam(
            label = "producer,list",
            description =
                    "Lists annotations with at least one of these concepts only, with commas between them; it counts wherever in the annotation it is.")
    private String conceptIds;

    @UriParam(
            label = "producer,list",
            defaultValue = "false",
            description =
                    "Whether to list annotations that Clarifai does not trust, too (list_all_annotations). These can be very many.")
    private boolean allAnnotations;

    @UriParam(
            label = "producer,list",
            defaultValue = "false",
            description = "Whether to list predictions of models, too (return_model_output).")
    private boolean modelOutput;

    @UriParam(
            label = "producer,list",
            defaultValue = "false",
            description = "Whether to list only the annotation of each input that holds what was posted with it.")
    private boolean inputLevelOnly;

    @UriParam(
            label = "common",
            description =
                    "Lists annotations only, and searches for inputs only, that were changed at this time or later, for instance 2024-05-31T00:00:00Z. A route that begins with inputs begins with what has changed since then; by default since its start.")
    private String modifiedSince;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description =
                    "How far inputs looks back behind the latest change that it has seen, for changes that Clarifai's search shows late.")
    private long overlap = 60_000;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Remembers the changes that were taken, by annotation and time, so that each comes once; by default one in memory, which a restart forgets.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            label = "producer,upload",
            defaultValue = "1800000",
            javaType = "java.time.Duration",
            description = "How long awaitInputs waits for one batch.")
    private long timeout = Polling.UNTIL_PROCESSED.timeout().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description = "How long lookupInputs waits until the failed inputs that it deleted are gone.")
    private long deletionTimeout = Polling.UNTIL_DELETED.timeout().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "250",
            javaType = "java.time.Duration",
            description =
                    "First interval between two questions about progress; it grows by half up to pollMaxInterval.")
    private long pollInterval = Polling.UNTIL_PROCESSED.firstInterval().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description = "Greatest interval between two questions about progress.")
    private long pollMaxInterval = Polling.UNTIL_PROCESSED.maxInterval().toMillis();

    @UriParam(
            label = "producer,image",
            defaultValue = "false",
            description =
                    "Whether downloadImage may fetch an image that Clarifai does not host from where it was. The token is not sent there.")
    private boolean fetchExternal;

    @UriParam(
            label = "producer,image",
            defaultValue = "50000000",
            description = "Most bytes of an image that downloadImage takes; it holds them in memory.")
    private int maxImageBytes = ImageDownload.DEFAULT_MAX_BYTES;

    @UriParam(
            label = "producer,image",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description = "How long one attempt of downloadImage may take, from the request to the last byte.")
    private long imageTimeout = ImageDownload.DEFAULT_TIMEOUT.toMillis();

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether downloadImage may fetch images that Clarifai does not host from this machine and from private networks, too.")
    private boolean allowPrivateHosts;

    @UriParam(
            label = "advanced",
            description =
                    "What probe finds out of how Clarifai answers where its documentation leaves that open. Some upload the picture in the body into the dataset.")
    private ClarifaiFact fact;

    ClarifaiConfiguration copy() {
        try {
            return (ClarifaiConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public ClarifaiOperations getOperation() {
        return operation;
    }

    public void setOperation(ClarifaiOperations operation) {
        this.operation = operation;
    }

    public String getUserId() {
        return userId;
    }

    public void setUserId(String userId) {
        this.userId = userId;
    }

    public String getAppId() {
        return appId;
    }

    public void setAppId(String appId) {
        this.appId = appId;
    }

    public String getDatasetId() {
        return datasetId;
    }

    public void setDatasetId(String datasetId) {
        this.datasetId = datasetId;
    }

    public boolean isCreateDataset() {
        return createDataset;
    }

    public void setCreateDataset(boolean createDataset) {
        this.createDataset = createDataset;
    }

    public String getJobId() {
        return jobId;
    }

    public void setJobId(String jobId) {
        this.jobId = jobId;
    }

    public int getPageSize() {
        return pageSize;
    }

    public void setPageSize(int pageSize) {
        this.pageSize = pageSize;
    }

    public int getMaxBatchBytes() {
        return maxBatchBytes;
    }

    public void setMaxBatchBytes(int maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    public boolean isReplaceFailed() {
        return replaceFailed;
    }

    public void setReplaceFailed(boolean replaceFailed) {
        this.replaceFailed = replaceFailed;
    }

    public boolean isDeleteFailed() {
        return deleteFailed;
    }

    public void setDeleteFailed(boolean deleteFailed) {
        this.deleteFailed = deleteFailed;
    }

    public boolean isAllowDuplicateUrl() {
        return allowDuplicateUrl;
    }

    public void setAllowDuplicateUrl(boolean allowDuplicateUrl) {
        this.allowDuplicateUrl = allowDuplicateUrl;
    }

    public OnExisting getOnExisting() {
        return onExisting;
    }

    public void setOnExisting(OnExisting onExisting) {
        this.onExisting = onExisting;
    }

    public String getAnnotationStatuses() {
        return annotationStatuses;
    }

    public void setAnnotationStatuses(String annotationStatuses) {
        this.annotationStatuses = annotationStatuses;
    }

    public String getAnnotationUserIds() {
        return annotationUserIds;
    }

    public void setAnnotationUserIds(String annotationUserIds) {
        this.annotationUserIds = annotationUserIds;
    }

    public String getModelVersionIds() {
        return modelVersionIds;
    }

    public void setModelVersionIds(String modelVersionIds) {
        this.modelVersionIds = modelVersionIds;
    }

    public String getConceptIds() {
        return conceptIds;
    }

    public void setConceptIds(String conceptIds) {
        this.conceptIds = conceptIds;
    }

    public boolean isAllAnnotations() {
        return allAnnotations;
    }

    public void setAllAnnotations(boolean allAnnotations) {
        this.allAnnotations = allAnnotations;
    }

    public boolean isModelOutput() {
        return modelOutput;
    }

    public void setModelOutput(boolean modelOutput) {
        this.modelOutput = modelOutput;
    }

    public boolean isInputLevelOnly() {
        return inputLevelOnly;
    }

    public void setInputLevelOnly(boolean inputLevelOnly) {
        this.inputLevelOnly = inputLevelOnly;
    }

    public long getOverlap() {
        return overlap;
    }

    public void setOverlap(long overlap) {
        this.overlap = overlap;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public String getModifiedSince() {
        return modifiedSince;
    }

    public void setModifiedSince(String modifiedSince) {
        this.modifiedSince = modifiedSince;
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    public long getDeletionTimeout() {
        return deletionTimeout;
    }

    public void setDeletionTimeout(long deletionTimeout) {
        this.deletionTimeout = deletionTimeout;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public long getPollMaxInterval() {
        return pollMaxInterval;
    }

    public void setPollMaxInterval(long pollMaxInterval) {
        this.pollMaxInterval = pollMaxInterval;
    }

    public boolean isFetchExternal() {
        return fetchExternal;
    }

    public void setFetchExternal(boolean fetchExternal) {
        this.fetchExternal = fetchExternal;
    }

    public int getMaxImageBytes() {
        return maxImageBytes;
    }

    public void setMaxImageBytes(int maxImageBytes) {
        this.maxImageBytes = maxImageBytes;
    }

    public long getImageTimeout() {
        return imageTimeout;
    }

    public void setImageTimeout(long imageTimeout) {
        this.imageTimeout = imageTimeout;
    }

    public boolean isAllowPrivateHosts() {
        return allowPrivateHosts;
    }

    public void setAllowPrivateHosts(boolean allowPrivateHosts) {
        this.allowPrivateHosts = allowPrivateHosts;
    }

    public ClarifaiFact getFact() {
        return fact;
    }

    public void setFact(ClarifaiFact fact) {
        this.fact = fact;
    }
}
