package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.ComputeChoices;
import com.clarifai.databricks.app.ConnectionCheck;
import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.flow.check.CheckReport;
import com.clarifai.databricks.settings.KeptConnection;
import com.clarifai.databricks.settings.Requirements;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "configure",
        description = {
            "Ask for the connection to both services, check it, and keep it where you say.",
            "",
            "It is kept only if you want that: in a file that its owner alone may read, or as a profile of ~/.databrickscfg."
                    + " Other settings, options and the environment win over it."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect configure")
final class ConfigureCommand implements Callable<Integer> {

    private static final String HOST = "databricks.host";
    private static final String TOKEN = "databricks.token";
    private static final String CLIENT_ID = "databricks.client-id";
    private static final String CLIENT_SECRET = "databricks.client-secret";
    private static final String CLUSTER = "\\d{4}-\\d{6}-[a-z0-9]+";

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private Prompts prompts;
    private ConnectCommand connect;
    private final Map<String, String> entered = new LinkedHashMap<>();

    @Override
    public Integer call() {
        connect = (ConnectCommand) spec.root().userObject();
        out = spec.commandLine().getErr();
        prompts = new Prompts(out);
        entered.put(HOST, prompts.require("Databricks Host", connect.settings().get(HOST)));
        askForCredentials();
        askForCompute();
        put(Requirements.PAT, prompts.secret("Clarifai personal access token (empty: of the secret scope)", false));
        put("clarifai.user-id", prompts.ask("Clarifai user id (empty: the owner of the token)", ""));
        if (failed()) {
            out.println("Nothing was kept");
            out.flush();
            return ExitCode.FAILED;
        }
        keep();
        out.flush();
        return ExitCode.OK;
    }

    private void put(String setting, String value) {
        if (!value.isEmpty()) {
            entered.put(setting, value);
        }
    }

    private void askForCredentials() {
        switch (prompts.choose(
                "Sign in to Databricks with", List.of("a token", "a browser of this machine", "a service principal"))) {
            case 0 -> put(TOKEN, prompts.secret("Databricks Token", false));
            case 1 -> {
                entered.put("databricks.auth-type", Credentials.BROWSER);
                BrowserLogin.run(connect.settings(entered), true, out);
            }
            default -> {
                entered.put(CLIENT_ID, prompts.require("Client id", ""));
                put(CLIENT_SECRET, prompts.secret("Client secret", false));
            }
        }
        Requirements.databricks(connect.settings(entered));
    }

    private void askForCompute() {
        ComputeChoices choices = ComputeChoices.of(connect.settings(entered));
        List<String> ids = new ArrayList<>();
        choices.warehouses().forEach(one -> show(ids, one, "SQL warehouse"));
        choices.clusters().forEach(one -> show(ids, one, "cluster"));
        String answer = prompts.require(
                "Databricks Cluster ID or SQL warehouse (a number of the list, an id, or an HTTP path)",
                ids.size() == 1 ? "1" : "");
        boolean number =
                answer.matches("\\d{1,3}") && Integer.parseInt(answer) >= 1 && Integer.parseInt(answer) <= ids.size();
        String id = number ? ids.get(Integer.parseInt(answer) - 1) : answer;
        entered.put(
                id.contains("/")
                        ? "databricks.http-path"
                        : id.matches(CLUSTER) ? "databricks.cluster-id" : "databricks.warehouse-id",
                id);
    }

    private void show(List<String> ids, Map<String, Object> one, String kind) {
        ids.add(one.get("id").toString());
        out.printf(
                "  %d  %s: %s, %s (%s)%n",
                ids.size(), one.get("name"), kind, one.get("state").toString().toLowerCase(Locale.ROOT), one.get("id"));
    }

    private boolean failed() {
        out.println("Checking; a warehouse or cluster that has stopped is started first");
        out.flush();
        CheckReport report = ConnectionCheck.run(
                connect.settings(entered),
                new FlowCatalog(),
                Map.of("skip", "data-host"),
                CheckCommand.printer(out, true));
        return report.failed();
    }

    private void keep() {
        KeptConnection kept = KeptConnection.of(connect.settings());
        switch (prompts.choose(
                "Keep this connection",
                List.of(
                        "no",
                        "in " + kept.file() + ", which its owner alone may read",
                        "as a profile of ~/.databrickscfg, with what is Clarifai's in " + kept.file()))) {
            case 1 -> {
                kept.write(entered);
                out.println("Kept in " + kept.file());
            }
            case 2 -> {
                String profile = prompts.ask("Profile", "DEFAULT");
                kept.write(entered, profile);
                out.println("Kept as the profile " + profile);
            }
            default -> out.println("Connected. Nothing was kept");
        }
    }
}
