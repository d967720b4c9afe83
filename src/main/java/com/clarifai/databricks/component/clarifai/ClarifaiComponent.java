package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.download.ImageDownload;
import com.clarifai.databricks.model.CallListener;
import com.clarifai.databricks.proxy.ProxySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.ObjectHelper;

/** All endpoints share one client, as the rate limit is the user's. */
@Component("clarifai")
public class ClarifaiComponent extends HealthCheckComponent {

    @Metadata(label = "producer", description = "Options that hold for all endpoints unless they set their own.")
    private ClarifaiConfiguration configuration = new ClarifaiConfiguration();

    @Metadata(
            label = "common",
            defaultValue = ClarifaiSettings.DEFAULT_BASE_URL,
            description = "Where Clarifai is: https (certificate checked) or, for a local stand-in, http.")
    private String baseUrl = ClarifaiSettings.DEFAULT_BASE_URL;

    @Metadata(
            label = "security",
            defaultValue = ImageDownload.DEFAULT_DATA_HOST,
            description =
                    "Where Clarifai serves the bytes of inputs: the only place that downloadImage takes the token to. As long as it is in Clarifai's cloud, that is any https host below clarifai.com.")
    private String dataHost = ImageDownload.DEFAULT_DATA_HOST;

    @Metadata(
            label = "security",
            secret = true,
            description =
                    "Personal access token (PAT) of the user. It is sent to the hosts of baseUrl and dataHost only.")
    private String personalAccessToken;

    @Metadata(
            label = "security",
            description = "PEM file of the certificate authorities to trust instead of those that Java trusts.")
    private String caFile;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "The outgoing proxy, also for images; by default that of Java's properties (https.proxyHost) or of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).")
    private ProxySettings proxy;

    @Metadata(
            label = "common",
            defaultValue = "15",
            description = "Most requests in any second, of all steps together; 0 for no limit.")
    private double requestsPerSecond = ClarifaiSettings.DEFAULT_REQUESTS_PER_SECOND;

    @Metadata(
            label = "common",
            defaultValue = "120000",
            javaType = "java.time.Duration",
            description =
                    "Deadline of one attempt of a request; that of an upload is later by the time that its bytes may take.")
    private long requestTimeout = ClarifaiSettings.DEFAULT_REQUEST_TIMEOUT.toMillis();

    @Metadata(
            label = "advanced",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description =
                    "A connection without a request for so long is closed; to be shorter than what the firewalls in between allow, as they drop connections without a word.")
    private long idleTimeout = ClarifaiSettings.DEFAULT_IDLE_TIMEOUT.toMillis();

    @Metadata(
            label = "advanced",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description =
                    "How long all requests pause after Clarifai said that they are too many; it doubles up to 15 seconds while that goes on.")
    private long throttlePause = 1_000;

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "A client to use instead of one made from the options; it is not closed by the component.")
    private ClarifaiClient client;

    private CallListener callListener = CallListener.NONE;
    private ClarifaiClient ownClient;
    private ExecutorService executor;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ClarifaiConfiguration copy = configuration.copy();
        copy.setOperation(operation(remaining));
        ClarifaiEndpoint endpoint = new ClarifaiEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private ClarifaiOperations operation(String name) {
        ClarifaiOperations operation =
                getCamelContext().getTypeConverter().tryConvertTo(ClarifaiOperations.class, name);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "clarifai: has no operation \"" + name + "\" but " + List.of(ClarifaiOperations.values()));
        }
        return operation;
    }

    /** The client of all endpoints; throws {@link IllegalArgumentException} when an option is missing or wrong. */
    synchronized ClarifaiClient sharedClient() {
        if (client != null) {
            return client;
        }
        if (ownClient == null) {
            ownClient = new ClarifaiClient(settings(), callListener);
        }
        return ownClient;
    }

    private ClarifaiSettings settings() {
        ClarifaiSettings settings = ClarifaiSettings.of(baseUrl, personalAccessToken)
                .withUserId(configuration.getUserId())
                .withRequestsPerSecond(requestsPerSecond)
                .withRequestTimeout(Duration.ofMillis(requestTimeout))
                .withIdleTimeout(Duration.ofMillis(idleTimeout));
        return settings.withCaFile(ObjectHelper.isEmpty(caFile) ? null : Path.of(caFile))
                .withProxy((proxy == null ? new ProxySettings() : proxy).proxy())
                .withRetries(settings.retries().withThrottlePause(Duration.ofMillis(throttlePause)));
    }

    /**
     * Continues exchanges, so that routes do not run on the threads of the connection. Not bounded: a route that goes
     * on here may wait for another step of this component, which needs a thread, too.
     */
    ExecutorService executor() {
        return executor;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        executor = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "clarifai");
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            if (ownClient != null) {
                ownClient.close();
                ownClient = null;
            }
        }
        // a container may close a component that was never started
        if (executor != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(executor);
            executor = null;
        }
        super.doStop();
    }

    /** Hears of every request of the component's own client; to be set before the first one. */
    public void setCallListener(CallListener callListener) {
        this.callListener = callListener;
    }

    public ClarifaiConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ClarifaiConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getDataHost() {
        return dataHost;
    }

    public void setDataHost(String dataHost) {
        this.dataHost = dataHost;
    }

    public String getPersonalAccessToken() {
        return personalAccessToken;
    }

    public void setPersonalAccessToken(String personalAccessToken) {
        this.personalAccessToken = personalAccessToken;
    }

    public String getCaFile() {
        return caFile;
    }

    public void setCaFile(String caFile) {
        this.caFile = caFile;
    }

    public ProxySettings getProxy() {
        return proxy;
    }

    public void setProxy(ProxySettings proxy) {
        this.proxy = proxy;
    }

    public double getRequestsPerSecond() {
        return requestsPerSecond;
    }

    public void setRequestsPerSecond(double requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public long getThrottlePause() {
        return throttlePause;
    }

    public void setThrottlePause(long throttlePause) {
        this.throttlePause = throttlePause;
    }

    public ClarifaiClient getClient() {
        return client;
    }

    public void setClient(ClarifaiClient client) {
        this.client = client;
    }
}
