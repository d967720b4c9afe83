package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Version;
import com.clarifai.databricks.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code databricks-connect}; its options may stand before or after a subcommand. */
@Command(
        name = "databricks-connect",
        description = "Moves labelled image data between Databricks and Clarifai.",
        subcommands = {
            ImportCommand.class,
            ExportCommand.class,
            UpdateCommand.class,
            MigrateCommand.class,
            PreviewCommand.class,
            ListCommand.class,
            ConfigureCommand.class,
            AuthCommand.class,
            CheckCommand.class,
            RoutesCommand.class,
            RunsCommand.class,
            RunCommand.class,
            SchedulesCommand.class,
            WarmUpCommand.class,
            ServeCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ConnectCommand.VersionLine.class,
        usageHelpAutoWidth = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "Settings come from options, then --config FILE, then the environment (DATABRICKS_HOST, DATABRICKS_TOKEN,"
                    + " DATABRICKS_WAREHOUSE_ID, CLARIFAI_PAT, ...), then what 'configure' has kept, then"
                    + " config/application.properties; for Databricks, then the profile DEFAULT in ~/.databrickscfg. A"
                    + " Clarifai token that is not set anywhere is taken from"
                    + " the Databricks secret scope 'clarifai'. Tokens are better kept in the environment or in a file:"
                    + " options can be seen by other users of the machine.",
            "",
            "Exit codes: 0 done; 1 failed, can be repeated; 2 an option or setting is missing or wrong, nothing was"
                    + " done;"
                    + " 3 done, but rows were rejected and --fail-on-rejects was given; 130 or 143 stopped by a signal."
        })
public final class ConnectCommand implements Runnable {

    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--json",
            description = "Print the result as JSON on standard output, and nothing else there.",
            scope = ScopeType.INHERIT)
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress and no summary, only what went wrong.",
            scope = ScopeType.INHERIT)
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print more; -vv: much more, with stack traces; -vvv: everything.",
            scope = ScopeType.INHERIT)
    private boolean[] verbose = {};

    private boolean warned;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: import, export, update, migrate, preview, list, configure, auth, check, routes, runs,"
                        + " run, schedules or serve");
    }

    Settings settings() {
        return settings(Map.of());
    }

    /** @param entered settings that win over those of the command line */
    Settings settings(Map<String, String> entered) {
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
        Settings settings = Settings.load(Settings.home(), entered, options, config, System.getenv());
        if (!warned) {
            warned = true;
            settings.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        }
        return settings;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    int verbosity() {
        return verbose.length;
    }

    /** What {@code --version} prints. */
    static final class VersionLine implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }

    private static void put(Map<String, String> options, String setting, String value) {
        if (value != null) {
            options.put(setting, value);
        }
    }
}
