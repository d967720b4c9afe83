package com.clarifai.databricks.databricks;

import com.clarifai.databricks.proxy.OutgoingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to reach a Databricks workspace and how hard to press it.
 *
 * @param caFile PEM file of the certificate authorities to trust instead of Java's own; may be null
 * @param proxy through which it is called, unless the proxy is passed by for this host
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer, and for the next bytes of one
 * @param filesConcurrency most Files API calls at a time; how many of them the service takes is found out
 * @param filesRequestsPerSecond most Files API calls that begin in a second; 0 for as many as the service takes
 * @param retryBudget how long a call is repeated after its first failure; zero for never
 */
public record WorkspaceSettings(
        WorkspaceAddress address,
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
    public static final int DEFAULT_FILES_CONCURRENCY = 32;
    public static final int DEFAULT_FILES_REQUESTS_PER_SECOND = 0;
    public static final Duration DEFAULT_RETRY_BUDGET = Duration.ofMinutes(10);

    public WorkspaceSettings {
        if (filesConcurrency < 1) {
            throw new IllegalArgumentException("filesConcurrency is " + filesConcurrency + ", not at least 1");
        }
        if (filesRequestsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "filesRequestsPerSecond is " + filesRequestsPerSecond + ", not at least 0");
        }
    }

    public static WorkspaceSettings of(String host, String token) {
        return of(host, new Credentials.AccessToken(token));
    }

    /** @param host as {@link WorkspaceAddress#parse} takes it */
    public static WorkspaceSettings of(String host, Credentials credentials) {
        return of(WorkspaceAddress.parse(host), credentials);
    }

    public static WorkspaceSettings of(WorkspaceAddress address, Credentials credentials) {
        return new WorkspaceSettings(
                address,
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
        return changed(draft -> {
            draft.connectTimeout = connect;
            draft.requestTimeout = request;
        });
    }

    public WorkspaceSettings withFilesLimits(int concurrency, int requestsPerSecond) {
        return changed(draft -> {
            draft.filesConcurrency = concurrency;
            draft.filesRequestsPerSecond = requestsPerSecond;
        });
    }

    public WorkspaceSettings withRetryBudget(Duration budget) {
        return changed(draft -> draft.retryBudget = budget);
    }

    public WorkspaceSettings withCaFile(Path caFile) {
        return changed(draft -> draft.caFile = caFile);
    }

    public WorkspaceSettings withProxy(OutgoingProxy proxy) {
        return changed(draft -> draft.proxy = proxy);
    }

    public URI host() {
        return address.host();
    }

    /** Another host, or this one without regard to its workspaces, called with the same patience; a path is left out. */
    WorkspaceSettings at(URI otherHost) {
        return changed(draft -> draft.address =
                new WorkspaceAddress(URI.create(otherHost.getScheme() + "://" + otherHost.getRawAuthority()), null));
    }

    private WorkspaceSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings of which some are about to change. */
    private static final class Draft {

        private WorkspaceAddress address;
        private Credentials credentials;
        private Path caFile;
        private OutgoingProxy proxy;
        private Duration connectTimeout;
        private Duration requestTimeout;
        private int filesConcurrency;
        private int filesRequestsPerSecond;
        private Duration retryBudget;

        Draft(WorkspaceSettings settings) {
            address = settings.address;
            credentials = settings.credentials;
            caFile = settings.caFile;
            proxy = settings.proxy;
            connectTimeout = settings.connectTimeout;
            requestTimeout = settings.requestTimeout;
            filesConcurrency = settings.filesConcurrency;
            filesRequestsPerSecond = settings.filesRequestsPerSecond;
            retryBudget = settings.retryBudget;
        }

        WorkspaceSettings settings() {
            return new WorkspaceSettings(
                    address,
                    credentials,
                    caFile,
                    proxy,
                    connectTimeout,
                    requestTimeout,
                    filesConcurrency,
                    filesRequestsPerSecond,
                    retryBudget);
        }
    }
}
