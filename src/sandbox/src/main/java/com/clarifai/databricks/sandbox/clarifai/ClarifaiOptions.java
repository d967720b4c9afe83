package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.http.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the Clarifai stand-in.
 *
 * @param port gRPC port, 0 = any free one
 * @param dataPort port of the image data host, 0 = any free one
 * @param pat the only personal access token that is let in
 * @param userId the owner of the token
 * @param apps ids of the apps that exist from the start
 * @param dataDir where inputs and image bytes are kept; a server started on it again continues there
 * @param rateLimit requests a second and user, 0 = unlimited
 * @param processingDelay time from the acceptance of an input to its final status
 * @param latency time added to every call
 * @param limits sizes that requests must keep to
 * @param tls for both ports, or plaintext
 */
public record ClarifaiOptions(
        int port,
        int dataPort,
        String pat,
        String userId,
        List<String> apps,
        Path dataDir,
        int rateLimit,
        Duration processingDelay,
        Duration latency,
        Limits limits,
        Optional<Tls> tls) {

    /**
     * What the documentation's "upload limits" allow.
     *
     * @param inputsPerRequest inputs, annotations, patches or deletes a request
     * @param requestBytes largest request
     * @param inputBytes largest image
     * @param pixels largest image in pixels
     * @param defaultPageSize items a page when the request names no number
     * @param maxPageSize most items a page
     * @param searchWindow last hit a search can page to
     */
    public record Limits(
            int inputsPerRequest,
            int requestBytes,
            long inputBytes,
            long pixels,
            int defaultPageSize,
            int maxPageSize,
            int searchWindow) {

        public static Limits documented() {
            return new Limits(128, 128 << 20, 20_000_000L, 85_000_000L, 128, 1000, 10_000);
        }
    }

    public static ClarifaiOptions defaults(Path dataDir) {
        return new ClarifaiOptions(
                0,
                0,
                "sandbox-pat",
                "sandbox",
                List.of("demo"),
                dataDir,
                15,
                Duration.ofMillis(500),
                Duration.ZERO,
                Limits.documented(),
                Optional.empty());
    }

    public ClarifaiOptions withPorts(int newPort, int newDataPort) {
        return new ClarifaiOptions(
                newPort, newDataPort, pat, userId, apps, dataDir, rateLimit, processingDelay, latency, limits, tls);
    }

    public ClarifaiOptions withRateLimit(int requestsPerSecond) {
        return new ClarifaiOptions(
                port, dataPort, pat, userId, apps, dataDir, requestsPerSecond, processingDelay, latency, limits, tls);
    }

    public ClarifaiOptions withProcessingDelay(Duration delay) {
        return new ClarifaiOptions(port, dataPort, pat, userId, apps, dataDir, rateLimit, delay, latency, limits, tls);
    }

    public ClarifaiOptions withLimits(Limits newLimits) {
        return new ClarifaiOptions(
                port, dataPort, pat, userId, apps, dataDir, rateLimit, processingDelay, latency, newLimits, tls);
    }
}
