package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.proxy.OutgoingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to reach Clarifai.
 *
 * @param baseUrl {@code https://host[:port]} (certificate checked) or {@code http://host[:port]} (plain text)
 * @param pat personal access token of the user
 * @param userId owner of the apps where a call names none; {@code me} is the owner of the token
 * @param caFile PEM file of the certificate authorities to trust instead of Java's own; may be null
 * @param proxy through which the API and images are reached, unless it is passed by for their hosts
 * @param requestsPerSecond at most so many requests leave in any second, all calls together; 0 for no limit
 * @param requestTimeout deadline of one attempt of a call; the time that its bytes may take is added
 * @param idleTimeout a connection without a call for so long is closed, before a firewall forgets it without a word
 * @param maxInboundMessageSize bytes
 * @param turn which of several clients of that limit this is
 */
public record ClarifaiSettings(
        URI baseUrl,
        String pat,
        String userId,
        Path caFile,
        OutgoingProxy proxy,
        double requestsPerSecond,
        Duration requestTimeout,
        Duration idleTimeout,
        int maxInboundMessageSize,
        RetrySettings retries,
        RequestTurn turn) {

    /** The setting that names {@link #caFile}. */
    public static final String CA_FILE = "clarifai.ca-file";

    public static final String DEFAULT_BASE_URL = "https://api.clarifai.com";
    public static final String DEFAULT_USER_ID = "me";
    /** The limit of all plans; beyond it Clarifai answers 11005. */
    public static final double DEFAULT_REQUESTS_PER_SECOND = 15;

    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofMinutes(2);
    /** Gateways for address translation forget a connection after 240 seconds (Azure) or 350 (AWS). */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(1);

    private static final int RESPONSE_LIMIT = 128 * 1024 * 1024;

    public ClarifaiSettings {
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(requestTimeout, "requestTimeout");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(turn, "turn");
        if (pat == null || pat.isBlank()) {
            throw new IllegalArgumentException("A Clarifai personal access token (personalAccessToken) is needed");
        }
        if (baseUrl.getHost() == null || !("https".equals(baseUrl.getScheme()) || "http".equals(baseUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "The base URL of Clarifai must be https://host or http://host, not " + baseUrl);
        }
        if (!(requestsPerSecond >= 0)) {
            throw new IllegalArgumentException("requestsPerSecond must not be negative: " + requestsPerSecond);
        }
    }

    public static ClarifaiSettings of(String baseUrl, String pat) {
        return new ClarifaiSettings(
                URI.create(baseUrl),
                pat,
                DEFAULT_USER_ID,
                null,
                OutgoingProxy.NONE,
                DEFAULT_REQUESTS_PER_SECOND,
                DEFAULT_REQUEST_TIMEOUT,
                DEFAULT_IDLE_TIMEOUT,
                RESPONSE_LIMIT,
                RetrySettings.defaults(),
                RequestTurn.ALONE);
    }

    public ClarifaiSettings withUserId(String userId) {
        return changed(draft -> draft.userId = userId);
    }

    public ClarifaiSettings withCaFile(Path caFile) {
        return changed(draft -> draft.caFile = caFile);
    }

    public ClarifaiSettings withProxy(OutgoingProxy proxy) {
        return changed(draft -> draft.proxy = proxy);
    }

    public ClarifaiSettings withRequestsPerSecond(double requestsPerSecond) {
        return changed(draft -> draft.requestsPerSecond = requestsPerSecond);
    }

    /** One of several clients, on machines of their own, that keep the limit together. */
    public ClarifaiSettings withTurn(RequestTurn turn) {
        return changed(draft -> draft.turn = turn);
    }

    public ClarifaiSettings withRequestTimeout(Duration requestTimeout) {
        return changed(draft -> draft.requestTimeout = requestTimeout);
    }

    public ClarifaiSettings withIdleTimeout(Duration idleTimeout) {
        return changed(draft -> draft.idleTimeout = idleTimeout);
    }

    public ClarifaiSettings withRetries(RetrySettings retries) {
        return changed(draft -> draft.retries = retries);
    }

    int port() {
        if (baseUrl.getPort() >= 0) {
            return baseUrl.getPort();
        }
        return isTls() ? 443 : 80;
    }

    boolean isTls() {
        return "https".equals(baseUrl.getScheme());
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ClarifaiSettings[baseUrl=" + baseUrl + ", userId=" + userId + ", requestsPerSecond=" + requestsPerSecond
                + ", requestTimeout=" + requestTimeout + "]";
    }

    private ClarifaiSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings of which one is about to change. */
    private static final class Draft {

        private URI baseUrl;
        private String pat;
        private String userId;
        private Path caFile;
        private OutgoingProxy proxy;
        private double requestsPerSecond;
        private Duration requestTimeout;
        private Duration idleTimeout;
        private int maxInboundMessageSize;
        private RetrySettings retries;
        private RequestTurn turn;

        Draft(ClarifaiSettings settings) {
            baseUrl = settings.baseUrl;
            pat = settings.pat;
            userId = settings.userId;
            caFile = settings.caFile;
            proxy = settings.proxy;
            requestsPerSecond = settings.requestsPerSecond;
            requestTimeout = settings.requestTimeout;
            idleTimeout = settings.idleTimeout;
            maxInboundMessageSize = settings.maxInboundMessageSize;
            retries = settings.retries;
            turn = settings.turn;
        }

        ClarifaiSettings settings() {
            return new ClarifaiSettings(
                    baseUrl,
                    pat,
                    userId,
                    caFile,
                    proxy,
                    requestsPerSecond,
                    requestTimeout,
                    idleTimeout,
                    maxInboundMessageSize,
                    retries,
                    turn);
        }
    }
}
