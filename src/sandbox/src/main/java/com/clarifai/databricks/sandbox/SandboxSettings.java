package com.clarifai.databricks.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * How the sandbox is to run.
 *
 * @param port of the workspace; ports may be 0 for a free one
 * @param guardedProxyPort of the proxy that wants a password
 * @param tls whether the workspace, S3 and Clarifai speak TLS
 * @param oauthLifetime of the workspace's OAuth access tokens
 * @param startDelay that a cluster or warehouse takes to start
 * @param latency by which every answer is held back
 * @param processingDelay that Clarifai takes for an input
 * @param filesRateLimit Files API calls a second that the workspace takes, 0 for any number
 * @param rateLimit requests a second to Clarifai and user, 0 for any number
 */
record SandboxSettings(
        int port,
        int clarifaiPort,
        int dataPort,
        int s3Port,
        int imagesPort,
        int proxyPort,
        int guardedProxyPort,
        boolean tls,
        String token,
        String userId,
        String pat,
        Duration oauthLifetime,
        Duration startDelay,
        Duration latency,
        Duration processingDelay,
        int filesRateLimit,
        int rateLimit,
        List<Fault> faults) {}
