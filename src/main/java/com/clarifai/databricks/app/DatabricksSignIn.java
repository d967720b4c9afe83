package com.clarifai.databricks.app;

import com.clarifai.databricks.databricks.BrowserSignIn;
import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.databricks.WorkspaceSettings;
import com.clarifai.databricks.settings.Settings;
import java.nio.file.Path;

/** Signs in to the workspace of some settings, with a browser on this machine. */
public final class DatabricksSignIn {

    private DatabricksSignIn() {}

    /** Begins to wait for the browser. */
    public static BrowserSignIn begin(Settings settings) {
        String caFile = settings.get("databricks.ca-file");
        return BrowserSignIn.begin(WorkspaceSettings.of(
                        WorkspaceAddress.parse(settings.get("databricks.host"))
                                .withId(settings.get("databricks.workspace-id")),
                        new Credentials.AccessToken(""))
                .withCaFile(caFile.isBlank() ? null : Path.of(caFile))
                .withProxy(Application.proxy(settings).proxy()));
    }
}
