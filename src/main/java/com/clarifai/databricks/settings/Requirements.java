package com.clarifai.databricks.settings;

import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.proxy.OutgoingProxy;
import java.util.List;
import java.util.stream.Stream;

/** The settings that a command cannot do without. */
public final class Requirements {

    public static final String PAT = "clarifai.pat";

    private Requirements() {}

    /** What every flow works with. */
    public static void flow(Settings settings) {
        databricks(settings);
        sql(settings);
        clarifai(settings);
    }

    public static void databricks(Settings settings) {
        proxy(settings);
        settings.require("databricks.host", "--host", "the workspace URL as in the browser");
        host(settings.get("databricks.host"));
        switch (settings.get("databricks.auth-type")) {
            case Credentials.SERVICE_PRINCIPAL -> client(settings);
            case Credentials.AZURE_SERVICE_PRINCIPAL -> {
                client(settings);
                settings.require(
                        "databricks.azure-tenant-id", "ARM_TENANT_ID", "in Azure: Microsoft Entra ID > Overview");
            }
            case Credentials.BROWSER -> {
                // whether somebody has signed in is known when the first call is made
            }
            default ->
                settings.require(
                        "databricks.token",
                        "--token, --profile, a service principal (DATABRICKS_CLIENT_ID, DATABRICKS_CLIENT_SECRET)",
                        "in Databricks: Settings > Developer > Access tokens");
        }
    }

    private static void host(String host) {
        try {
            if (!host.contains("{{")) {
                WorkspaceAddress.parse(host);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("databricks.host: " + e.getMessage(), "databricks.host");
        }
    }

    /** There need not be one, but one that is wrongly written is found before anything is done. */
    private static void proxy(Settings settings) {
        List<String> values = Stream.of(
                        OutgoingProxy.URL, OutgoingProxy.USER, OutgoingProxy.PASSWORD, OutgoingProxy.BYPASS)
                .map(settings::get)
                .toList();
        if (values.stream().noneMatch(value -> value.contains("{{"))) {
            try {
                OutgoingProxy.of(values.get(0), values.get(1), values.get(2), values.get(3));
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(e.getMessage(), OutgoingProxy.URL);
            }
        }
    }

    private static void client(Settings settings) {
        String where = "in Databricks: Settings > Identity and access > Service principals > Secrets";
        settings.require("databricks.client-id", "--client-id", where);
        settings.require("databricks.client-secret", "a profile", where);
    }

    public static void sql(Settings settings) {
        if (!settings.isSet("databricks.http-path")
                && !settings.isSet("databricks.warehouse-name")
                && !settings.isSet("databricks.cluster-id")) {
            settings.require(
                    "databricks.warehouse-id",
                    "--warehouse-id, --warehouse-name, --cluster-id",
                    "in Databricks: SQL Warehouses > Connection details, the last part of the HTTP path");
        }
    }

    /** A personal access token that is set counts; without one it is asked of Databricks, where that can be reached. */
    public static void clarifai(Settings settings) {
        proxy(settings);
        boolean databricks = settings.isSet("databricks.host") && settings.isSet("databricks.auth-type");
        if (!settings.isSet(PAT) && databricks) {
            databricks(settings);
            settings.set(PAT, "{{databricks:{{clarifai.secret-scope}}/{{clarifai.secret-key}}}}");
        }
        settings.require(
                PAT,
                "--pat, access to Databricks with the token in a secret scope",
                "in Clarifai: Settings > Secrets > Personal access tokens");
    }
}
