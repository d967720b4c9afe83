package com.clarifai.databricks.sandbox.workspace;

import java.util.Map;
import java.util.function.IntConsumer;

/** How this workspace differs from others, as real ones do; changed by {@code POST /sandbox/settings}. */
final class Switches {

    private volatile boolean int64AsString;
    private volatile boolean unifiedHost;
    private volatile boolean refuseSignIns;
    private volatile int filesRateLimit;
    private volatile boolean externalAccess;
    private volatile boolean externalUseSchema;
    private volatile boolean externalUseLocation;
    private volatile int credentialLifetime = 3600;

    Switches(int filesRateLimit) {
        this.filesRateLimit = filesRateLimit;
    }

    /** Each is on when it is not 0; those that are numbers say so below. */
    Map<String, IntConsumer> settings() {
        return Map.ofEntries(
                Map.entry("int64-as-string", value -> int64AsString = value != 0),
                Map.entry("unified-host", value -> unifiedHost = value != 0),
                Map.entry("refuse-sign-ins", value -> refuseSignIns = value != 0),
                Map.entry("files-rate-limit", value -> filesRateLimit = value),
                Map.entry("external-access", value -> externalAccess = value != 0),
                Map.entry("external-use-schema", value -> externalUseSchema = value != 0),
                Map.entry("external-use-location", value -> externalUseLocation = value != 0),
                Map.entry("credential-lifetime", value -> credentialLifetime = value));
    }

    /** Whether 64-bit integers are strings in JSON, as protobuf writes them. */
    boolean int64AsString() {
        return int64AsString;
    }

    /** Whether the host has several workspaces, so that each call must say which it means. */
    boolean unifiedHost() {
        return unifiedHost;
    }

    /** Whether users who are asked in the browser whether a program may act for them say no. */
    boolean refuseSignIns() {
        return refuseSignIns;
    }

    /** How many Files API calls a second the workspace takes; 0 for any number. */
    int filesRateLimit() {
        return filesRateLimit;
    }

    /** Whether the metastore lets others than Databricks' own compute read where its files are. */
    boolean externalAccess() {
        return externalAccess;
    }

    /** Whether the user has EXTERNAL USE SCHEMA on all schemas. */
    boolean externalUseSchema() {
        return externalUseSchema;
    }

    /** Whether the user has EXTERNAL USE LOCATION on all external locations. */
    boolean externalUseLocation() {
        return externalUseLocation;
    }

    /** How long temporary credentials hold, in seconds. */
    int credentialLifetime() {
        return credentialLifetime;
    }
}
