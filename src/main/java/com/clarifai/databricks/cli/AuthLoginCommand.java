package com.clarifai.databricks.cli;

import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.settings.KeptConnection;
import com.clarifai.databricks.settings.Settings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "login",
        description = {
            "Sign in to a workspace with a browser of this machine.",
            "",
            "The tokens are kept where the Databricks CLI keeps its own, ~/.databricks/token-cache.json, and renewed as long as"
                    + " the sign-in lasts. Who has signed in with 'databricks auth login' need not do so again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  databricks-connect auth login --host https://dbc-a1b2345c-d6e7.cloud.databricks.com",
            "  databricks-connect auth login --host https://dbc-a1b2345c-d6e7.cloud.databricks.com --save-profile work"
        })
final class AuthLoginCommand implements Callable<Integer> {

    private static final String HOST = "databricks.host";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--save-profile",
            paramLabel = "NAME",
            description = "Also write host and way of signing in into this profile of ~/.databrickscfg.")
    private String profile;

    @Option(names = "--no-browser", description = "Only print the address, and open no browser.")
    private boolean noBrowser;

    @Override
    public Integer call() {
        Settings settings = ((ConnectCommand) spec.root().userObject()).settings();
        if (!settings.isSet(HOST)) {
            throw new ParameterException(spec.commandLine(), "Missing option: which workspace? Give --host");
        }
        PrintWriter out = spec.commandLine().getErr();
        BrowserLogin.run(settings, !noBrowser, out);
        out.println("Signed in to " + settings.get(HOST));
        if (profile == null) {
            out.println(
                    "To use it: --host with DATABRICKS_AUTH_TYPE=databricks-cli, or 'databricks-connect configure'");
        } else {
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put(HOST, settings.get(HOST));
            kept.put("databricks.auth-type", Credentials.BROWSER);
            KeptConnection.of(settings).writeProfile(profile, kept);
            out.println("To use it: --profile " + profile);
        }
        out.flush();
        return ExitCode.OK;
    }
}
