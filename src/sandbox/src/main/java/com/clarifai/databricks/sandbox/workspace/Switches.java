package com.clarifai.databricks.sandbox.workspace;

import java.util.Map;
import java.util.function.IntConsumer;

/** How this workspace differs from others, as real ones do; changed by {@code POST /sandbox/settings}. */
final class Switches {

    private volatile boolean int64AsString;
    private volatile boolean unifiedHost;
    private volatile boolean refuseSignIns;
    private volatile int filesRateLimit;

    Switches(int filesRateLimit) {
        this.filesRateLimit = filesRateLimit;
    }

    /** Each is on when it is not 0; those that are numbers say so below. */
    Map<String, IntConsumer> settings() {
        return Map.of(
                "int64-as-string",
                value -> int64AsString = value != 0,
                "unified-host",
                value -> unifiedHost = value != 0,
                "refuse-sign-ins",
                value -> refuseSignIns = value != 0,
                "files-rate-limit",
                value -> filesRateLimit = value);
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
}
