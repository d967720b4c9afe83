package com.clarifai.databricks.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where Databricks and Clarifai are, and who asks: the options that every command has for it. */
final class ConnectionOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings from this properties file.",
            scope = ScopeType.INHERIT)
    private Path config;

    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "Databricks workspace, as in the browser (databricks.host).",
            scope = ScopeType.INHERIT)
    private String host;

    @Option(
            names = "--workspace-id",
            paramLabel = "ID",
            description = "Which workspace, where the host has several: the number after ?o= in its address"
                    + " (databricks.workspace-id).",
            scope = ScopeType.INHERIT)
    private String workspaceId;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Databricks access token (databricks.token).",
            scope = ScopeType.INHERIT)
    private String token;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Profile in ~/.databrickscfg (databricks.config-profile).",
            scope = ScopeType.INHERIT)
    private String profile;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "Service principal, instead of a token; its secret is databricks.client-secret.",
            scope = ScopeType.INHERIT)
    private String clientId;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file of the certificate authorities to trust for Databricks (databricks.ca-file).",
            scope = ScopeType.INHERIT)
    private String caFile;

    @Option(
            names = "--warehouse-id",
            paramLabel = "ID",
            description = "SQL warehouse that runs the statements (databricks.warehouse-id).",
            scope = ScopeType.INHERIT)
    private String warehouseId;

    @Option(
            names = "--warehouse-name",
            paramLabel = "NAME",
            description = "The same by its name (databricks.warehouse-name).",
            scope = ScopeType.INHERIT)
    private String warehouseName;

    @Option(
            names = "--cluster-id",
            paramLabel = "ID",
            description = "All-purpose cluster, instead of a warehouse (databricks.cluster-id).",
            scope = ScopeType.INHERIT)
    private String clusterId;

    @Option(
            names = "--pat",
            paramLabel = "PAT",
            description = "Clarifai personal access token (clarifai.pat).",
            scope = ScopeType.INHERIT)
    private String pat;

    @Option(
            names = "--user-id",
            paramLabel = "ID",
            description = "Owner of the Clarifai app, if not the owner of the token (clarifai.user-id).",
            scope = ScopeType.INHERIT)
    private String userId;

    /** The file given with {@code --config}, or null. */
    Path config() {
        return config;
    }

    /** What was given, by the names of the settings. */
    Map<String, String> settings() {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "databricks.host", host);
        put(options, "databricks.workspace-id", workspaceId);
        put(options, "databricks.token", token);
        put(options, "databricks.config-profile", profile);
        put(options, "databricks.client-id", clientId);
        put(options, "databricks.ca-file", caFile);
        put(options, "databricks.warehouse-id", warehouseId);
        put(options, "databricks.warehouse-name", warehouseName);
        put(options, "databricks.cluster-id", clusterId);
        put(options, "clarifai.pat", pat);
        put(options, "clarifai.user-id", userId);
        return options;
    }

    private static void put(Map<String, String> options, String setting, String value) {
        if (value != null) {
            options.put(setting, value);
        }
    }
}
