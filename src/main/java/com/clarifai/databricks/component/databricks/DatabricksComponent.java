package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.databricks.WorkspaceConnection;
import com.clarifai.databricks.databricks.WorkspaceSettings;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.model.CallListener;
import com.clarifai.databricks.proxy.ProxySettings;
import com.clarifai.databricks.s3.S3Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TypeConvertible;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.SimpleTypeConverter;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** One Databricks workspace: all endpoints share its client, and with it the client's limits. */
@Component("databricks")
public class DatabricksComponent extends HealthCheckComponent {

    private static final int DEFAULT_CALL_THREADS = 32;

    @Metadata(label = "producer", description = "Defaults of the options of all endpoints.")
    private DatabricksConfiguration configuration = new DatabricksConfiguration();

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10000",
            description = "Longest wait for a connection, in milliseconds.")
    private long connectTimeout = WorkspaceSettings.DEFAULT_CONNECT_TIMEOUT.toMillis();

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60000",
            description = "Longest wait for an answer, and for the next bytes of one, in milliseconds.")
    private long requestTimeout = WorkspaceSettings.DEFAULT_REQUEST_TIMEOUT.toMillis();

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "600000",
            description = "How long a call is repeated after its first failure, in milliseconds; 0 for never.")
    private long retryBudget = WorkspaceSettings.DEFAULT_RETRY_BUDGET.toMillis();

    @Metadata(
            label = "advanced",
            defaultValue = "32",
            description =
                    "Most Files API calls at a time; how many of them the workspace takes is found out from its refusals.")
    private int filesConcurrency = WorkspaceSettings.DEFAULT_FILES_CONCURRENCY;

    @Metadata(
            label = "advanced",
            defaultValue = "0",
            description = "Most Files API calls that begin in a second; 0 for as many as the workspace takes.")
    private int filesRequestsPerSecond = WorkspaceSettings.DEFAULT_FILES_REQUESTS_PER_SECOND;

    @Metadata(
            label = "advanced",
            defaultValue = "32",
            description =
                    "Most calls that are made while the threads of routes do other things; with more of them, a route's own"
                            + " thread makes the call.")
    private int callThreads = DEFAULT_CALL_THREADS;

    @Metadata(
            label = "advanced",
            description =
                    "Where the files of volumes are kept, if not at Amazon: the address of another store that speaks S3.")
    private String storageEndpoint = "";

    @Metadata(
            label = "security",
            description =
                    "PEM file of the certificate authorities to trust for that store, instead of those that Java trusts.")
    private String storageCaFile = "";

    @Metadata(label = "advanced", autowired = true, description = "A client to use instead of an own one.")
    private WorkspaceClient client;

    private final WorkspaceConnection connection = new WorkspaceConnection();
    private CallListener callListener = CallListener.NONE;
    private WorkspaceClient ownClient;
    private ExecutorService readers;
    private ExecutorService callers;

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // so that a step of a route takes the bytes of a file as it takes any others
        getCamelContext()
                .getTypeConverterRegistry()
                .addConverter(
                        new TypeConvertible<>(PooledBytes.class, byte[].class),
                        new SimpleTypeConverter(false, (type, exchange, value) -> ((PooledBytes) value).toByteArray()));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DatabricksConfiguration copy = configuration.copy();
        copy.setOperation(operation(remaining));
        DatabricksEndpoint endpoint = new DatabricksEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static DatabricksOperations operation(String name) {
        return Arrays.stream(DatabricksOperations.values())
                .filter(operation -> operation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("databricks: has no operation \"" + name + "\" but "
                        + Arrays.toString(DatabricksOperations.values())));
    }

    /** The client given, else an own one, made when it is first needed: a context without a workspace must start. */
    synchronized WorkspaceClient workspaceClient() {
        if (client != null) {
            return client;
        }
        if (ownClient == null) {
            ownClient = new WorkspaceClient(
                    connection
                            .settings()
                            .withTimeouts(Duration.ofMillis(connectTimeout), Duration.ofMillis(requestTimeout))
                            .withFilesLimits(filesConcurrency, filesRequestsPerSecond)
                            .withRetryBudget(Duration.ofMillis(retryBudget)),
                    callListener);
        }
        return ownClient;
    }

    /** How the store is reached that keeps the files of volumes. */
    S3Settings storage() {
        S3Settings storage = new S3Settings();
        storage.setEndpoint(storageEndpoint);
        storage.setPathStyle(!storageEndpoint.isBlank());
        storage.setCaFile(storageCaFile);
        if (getProxy() != null) {
            storage.setProxy(getProxy());
        }
        return storage;
    }

    /** Threads for files that are read at the same time, made when they are first needed. */
    synchronized ExecutorService readers() {
        if (readers == null) {
            readers = threads("databricks-files", filesConcurrency, Integer.MAX_VALUE);
        }
        return readers;
    }

    /** Threads that make the calls; throws {@link java.util.concurrent.RejectedExecutionException} while none is free. */
    synchronized ExecutorService callers() {
        if (callers == null) {
            callers = threads("databricks", callThreads, 0);
        }
        return callers;
    }

    private ExecutorService threads(String name, int count, int waiting) {
        return getCamelContext()
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(count)
                                .maxPoolSize(count)
                                .maxQueueSize(waiting)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .keepAliveTime(10L)
                                .allowCoreThreadTimeOut(true)
                                .build());
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            stop(readers);
            readers = null;
            stop(callers);
            callers = null;
            if (ownClient != null) {
                ownClient.close();
                ownClient = null;
            }
        }
        super.doStop();
    }

    private void stop(ExecutorService threads) {
        if (threads != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(threads);
        }
    }

    /** Hears of every request of the component's own client; to be set before the first one. */
    public void setCallListener(CallListener callListener) {
        this.callListener = callListener;
    }

    public DatabricksConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DatabricksConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getHost() {
        return connection.getHost();
    }

    @Metadata(label = "common", description = "Workspace URL, as in the browser; a bare host name is taken as https.")
    public void setHost(String host) {
        connection.setHost(host);
    }

    public String getWorkspaceId() {
        return connection.getWorkspaceId();
    }

    @Metadata(
            label = "common",
            description = "Which workspace of the host is meant, where it has several (a unified host); a workspace URL"
                    + " that ends in ?o= and the id tells it as well.")
    public void setWorkspaceId(String workspaceId) {
        connection.setWorkspaceId(workspaceId);
    }

    public String getToken() {
        return connection.getToken();
    }

    @Metadata(label = "security", secret = true, description = "Access token of the workspace.")
    public void setToken(String token) {
        connection.setToken(token);
    }

    public String getAuthType() {
        return connection.getAuthType();
    }

    @Metadata(
            label = "security",
            description = "Which credentials to use where several are given: pat (the token), oauth-m2m (a service"
                    + " principal of the workspace), azure-client-secret (one of Microsoft Entra ID) or databricks-cli (a"
                    + " user who has signed in with a browser).")
    public void setAuthType(String authType) {
        connection.setAuthType(authType);
    }

    public String getClientId() {
        return connection.getClientId();
    }

    @Metadata(label = "security", description = "Application id of a service principal, instead of a token.")
    public void setClientId(String clientId) {
        connection.setClientId(clientId);
    }

    public String getClientSecret() {
        return connection.getClientSecret();
    }

    @Metadata(label = "security", secret = true, description = "OAuth secret of the service principal.")
    public void setClientSecret(String clientSecret) {
        connection.setClientSecret(clientSecret);
    }

    public String getAzureTenantId() {
        return connection.getAzureTenantId();
    }

    @Metadata(label = "security", description = "Tenant of a service principal of Microsoft Entra ID.")
    public void setAzureTenantId(String azureTenantId) {
        connection.setAzureTenantId(azureTenantId);
    }

    public String getAzureLoginUrl() {
        return connection.getAzureLoginUrl();
    }

    @Metadata(
            label = "security",
            description = "Where Microsoft Entra ID gives out tokens; by default the public cloud's or the national"
                    + " cloud's address, as the workspace is in.")
    public void setAzureLoginUrl(String azureLoginUrl) {
        connection.setAzureLoginUrl(azureLoginUrl);
    }

    public String getTokenCacheFile() {
        return connection.getTokenCacheFile();
    }

    @Metadata(
            label = "security",
            description = "Where the tokens of users who have signed in with a browser are; by default the file of the"
                    + " Databricks CLI, in .databricks/token-cache.json of the user.")
    public void setTokenCacheFile(String tokenCacheFile) {
        connection.setTokenCacheFile(tokenCacheFile);
    }

    public String getCaFile() {
        return connection.getCaFile();
    }

    @Metadata(
            label = "security",
            description = "PEM file of the certificate authorities to trust instead of those that Java trusts.")
    public void setCaFile(String caFile) {
        connection.setCaFile(caFile);
    }

    public ProxySettings getProxy() {
        return connection.getProxy();
    }

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "The outgoing proxy, also for SQL; by default that of Java's properties (https.proxyHost) or of"
                            + " the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).")
    public void setProxy(ProxySettings proxy) {
        connection.setProxy(proxy);
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getRetryBudget() {
        return retryBudget;
    }

    public void setRetryBudget(long retryBudget) {
        this.retryBudget = retryBudget;
    }

    public int getFilesConcurrency() {
        return filesConcurrency;
    }

    public void setFilesConcurrency(int filesConcurrency) {
        this.filesConcurrency = filesConcurrency;
    }

    public int getFilesRequestsPerSecond() {
        return filesRequestsPerSecond;
    }

    public void setFilesRequestsPerSecond(int filesRequestsPerSecond) {
        this.filesRequestsPerSecond = filesRequestsPerSecond;
    }

    public int getCallThreads() {
        return callThreads;
    }

    public void setCallThreads(int callThreads) {
        this.callThreads = callThreads;
    }

    public String getStorageEndpoint() {
        return storageEndpoint;
    }

    public void setStorageEndpoint(String storageEndpoint) {
        this.storageEndpoint = storageEndpoint;
    }

    public String getStorageCaFile() {
        return storageCaFile;
    }

    public void setStorageCaFile(String storageCaFile) {
        this.storageCaFile = storageCaFile;
    }

    public WorkspaceClient getClient() {
        return client;
    }

    public void setClient(WorkspaceClient client) {
        this.client = client;
    }
}
