package com.clarifai.databricks.cli;

/** The settings that a command cannot do without. */
final class Requirements {

    private Requirements() {}

    static void databricks(Settings settings) {
        settings.require("databricks.host", "--host", "the workspace URL as in the browser");
        settings.require("databricks.token", "--token", "in Databricks: Settings > Developer > Access tokens");
    }

    static void sql(Settings settings) {
        if (!settings.isSet("databricks.http-path")) {
            settings.require(
                    "databricks.warehouse-id",
                    "--warehouse-id",
                    "in Databricks: SQL Warehouses > Connection details, the last part of the HTTP path");
        }
    }

    static void clarifai(Settings settings) {
        settings.require("clarifai.pat", "--pat", "in Clarifai: Settings > Secrets > Personal access tokens");
    }
}
