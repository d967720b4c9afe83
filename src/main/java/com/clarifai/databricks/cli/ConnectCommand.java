package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Version;
import com.clarifai.databricks.settings.Settings;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
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
            RejectsCommand.class,
            RunCommand.class,
            SchedulesCommand.class,
            WarmUpCommand.class,
            ServeCommand.class,
            CompletionCommand.class,
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

    @Mixin
    private ConnectionOptions connection;

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
                        + " rejects, run, schedules or serve");
    }

    Settings settings() {
        return settings(Map.of());
    }

    /** @param entered settings that win over those of the command line */
    Settings settings(Map<String, String> entered) {
        Settings settings =
                Settings.load(Settings.home(), entered, connection.settings(), connection.config(), System.getenv());
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
}
