package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.schedule.Schedule;
import com.clarifai.databricks.service.ConsoleSettings;
import com.clarifai.databricks.service.Service;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Run flows by schedule, and with --port a page to run them from, until a signal ends it.",
            "",
            "Schedules are settings: schedule.<name>.flow, schedule.<name>.every or schedule.<name>.cron, and the parameters"
                    + " of the flow. config/application.properties has examples.",
            "",
            "The page is to be opened by the URL that is printed: it has a token that lets its holder in. A connection that"
                    + " is entered there is kept in memory only."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  databricks-connect serve --port 8080", "  databricks-connect serve --config schedules.properties"})
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the page, on this machine only unless console.host says otherwise (console.port).")
    private Integer port;

    @Override
    public Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        if (port != null) {
            settings.set(ConsoleSettings.PORT, port.toString());
        }
        FlowParameters parameters = new FlowCatalog();
        List<Schedule> schedules = schedules(settings, parameters);
        boolean console = settings.isSet(ConsoleSettings.PORT);
        if (schedules.isEmpty() && !console) {
            throw new InvalidSettingException(
                    "nothing to serve: give --port for the console, or schedules in a configuration file"
                            + " (schedule.<name>.flow, schedule.<name>.every or schedule.<name>.cron, and the parameters of"
                            + " the flow)");
        }
        if (!schedules.isEmpty()) {
            Requirements.flow(connect.settings());
        }
        Service service = console
                ? Service.withConsole(
                        connect::settings,
                        parameters,
                        ConsoleSettings.of(settings),
                        new CommandForms(),
                        schedules,
                        out())
                : Service.withoutConsole(connect.settings(), parameters, schedules, out());
        service.run();
        return ExitCode.OK;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static List<Schedule> schedules(Settings settings, FlowParameters parameters) {
        try {
            return Schedule.all(settings.toProperties(), parameters);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(e.getMessage());
        }
    }
}
