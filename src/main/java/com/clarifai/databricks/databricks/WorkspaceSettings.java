package com.clarifai.databricks.databricks;

import com.clarifai.databricks.proxy.OutgoingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach a Databricks workspace and how hard to press it.
 *
 * @param host scheme and authority of the workspace; {@code http} only for stand-ins
 * @param caFile PEM file of the certificate authorities to trust instead of Java's own; may be null
 * @param proxy through which it is called, unless the proxy is passed by for this host
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer, and for the next bytes of one
 * @param filesConcurrency most Files API calls at a time; the service is said to allow 10
 * @param filesRequestsPerSecond most Files API calls a second; the service is said to allow 100
 * @param retryBudget how long a call is repeated after its first failure; zero for never
 */
public record WorkspaceSettings(
        URI host,
        Credentials credentials,
        Path caFile,
        OutgoingProxy proxy,
        Duration connectTimeout,
        Duration requestTimeout,
        int filesConcurrency,
        int filesRequestsPerSecond,
        Duration retryBudget) {

    /** The setting that names {@link #caFile}. */
    public static final String CA_FILE = "databricks.ca-file";

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);
    public static final int DEFAULT_FILES_CONCURRENCY = 5;
    public static final int DEFAULT_FILES_REQUESTS_PER_SECOND = 50;
    public static final Duration DEFAULT_RETRY_BUDGET = Duration.ofMinutes(10);

    public WorkspaceSettings {
        if (filesConcurrency < 1) {
            throw new IllegalArgumentException("filesConcurrency is " + filesConcurrency + ", not at least 1");
        }
        if (filesRequestsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "filesRequestsPerSecond is " + filesRequestsPerSecond + ", not at least 1");
        }
    }

    public static WorkspaceSettings of(String host, String token) {
        return of(host, new Credentials.AccessToken(token));
    }

    /** @param host a workspace URL, or its bare host name, which is taken as https */
    public static WorkspaceSettings of(String host, Credentials credentials) {
        return new WorkspaceSettings(
                parseHost(host),
                credentials,
                null,
                OutgoingProxy.NONE,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT,
                DEFAULT_FILES_CONCURRENCY,
                DEFAULT_FILES_REQUESTS_PER_SECOND,
                DEFAULT_RETRY_BUDGET);
    }

    public WorkspaceSettings withTimeouts(Duration connect, Duration request) {
        return new WorkspaceSettings(
                host,
                credentials,
                caFile,
                proxy,
                connect,
                request,
                filesConcurrency,
                filesRequestsPerSecond,
                retryBudget);
    }

    public WorkspaceSettings withFilesLimits(int concurrency, int requestsPerSecond) {
        return new WorkspaceSettings(
                host,
                credentials,
                caFile,
                proxy,
                connectTimeout,
                requestTimeout,
                concurrency,
                requestsPerSecond,
                retryBudget);
    }

    public WorkspaceSettings withRetryBudget(Duration budget) {
        return new WorkspaceSettings(
                host,
                credentials,
                caFile,
                proxy,
                connectTimeout,
                requestTimeout,
                filesConcurrency,
                filesRequestsPerSecond,
                budget);
    }

    public WorkspaceSettings withCaFile(Path caFile) {
        return new WorkspaceSettings(
                host,
                credentials,
                caFile,
                proxy,
                connectTimeout,
                requestTimeout,
                filesConcurrency,
                filesRequestsPerSecond,
                retryBudget);
    }

    public WorkspaceSettings withProxy(OutgoingProxy proxy) {
        return new WorkspaceSettings(
                host,
                credentials,
                caFile,
                proxy,
                connectTimeout,
                requestTimeout,
                filesConcurrency,
                filesRequestsPerSecond,
                retryBudget);
    }

    /** Another host, called with the same patience. */
    WorkspaceSettings at(URI otherHost) {
        return new WorkspaceSettings(
                otherHost,
                credentials,
                caFile,
                proxy,
                connectTimeout,
                requestTimeout,
                filesConcurrency,
                filesRequestsPerSecond,
                retryBudget);
    }

    /**
     * Scheme and authority of a workspace. People paste the address of their browser: its path and query are dropped.
     */
    public static URI parseHost(String host) {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("no Databricks host given");
        }
        String text = host.strip();
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "https://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not the address of a Databricks workspace", e);
        }
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("the Databricks host must look like https://<workspace>");
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }
}
