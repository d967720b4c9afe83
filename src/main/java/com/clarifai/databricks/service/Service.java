package com.clarifai.databricks.service;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.app.Version;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.Console;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.schedule.Schedule;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** Runs schedules, and the console if there is one, until a signal ends it; anew whenever the connection is changed. */
public final class Service {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");
    private static final String MONITORING_PORT = "service.port";

    private final FlowParameters parameters;
    private final List<Schedule> configured;
    private final ServedSchedules schedules;
    private final PrintWriter out;
    private final ConsoleSettings address;
    private final ServedConnection connection;
    private final Console console;
    private final AtomicReference<Application> running = new AtomicReference<>();
    private final AtomicBoolean again = new AtomicBoolean();

    private Service(
            Function<Map<String, String>, Settings> configuration,
            FlowParameters parameters,
            ConsoleSettings settings,
            Commands commands,
            List<Schedule> schedules,
            PrintWriter out) {
        this.parameters = parameters;
        this.configured = schedules;
        this.out = out;
        this.address = settings;
        this.connection = new ServedConnection(configuration, parameters, this::restart);
        this.schedules = new ServedSchedules(schedules, ScheduleFile.of(connection.settings()), commands);
        this.console = settings == null
                ? null
                : new Console(
                        settings.host(),
                        settings.port(),
                        settings.hosts(),
                        settings.access(),
                        commands,
                        connection,
                        this.schedules,
                        RunsFile.of(connection.settings()),
                        Version.text());
        if (console != null) {
            this.schedules.showIn(console.runs());
        }
    }

    /** @param configuration the settings, with those of a map above all others */
    public static Service withConsole(
            Function<Map<String, String>, Settings> configuration,
            FlowParameters parameters,
            ConsoleSettings console,
            Commands commands,
            List<Schedule> schedules,
            PrintWriter out) {
        return new Service(configuration, parameters, console, commands, schedules, out);
    }

    public static Service withoutConsole(
            Settings settings, FlowParameters parameters, List<Schedule> schedules, PrintWriter out) {
        return new Service(entered -> settings, parameters, null, null, schedules, out);
    }

    /** Returns when a signal has ended it. */
    public void run() {
        if (console != null) {
            ListenPort.check(address.host(), address.port(), ConsoleSettings.PORT + " (--port)");
        }
        Settings configured = connection.settings();
        if (configured.isSet(MONITORING_PORT)) {
            ListenPort.check(
                    configured.get("service.host"), Integer.parseInt(configured.get(MONITORING_PORT)), MONITORING_PORT);
        }
        boolean first = true;
        do {
            again.set(false);
            try (Application application = start()) {
                running.set(application);
                schedules.start(application.context());
                if (first) {
                    this.configured.forEach(this::announce);
                }
                if (first && console != null) {
                    out.println("The console is at " + console.url());
                    if (console.isExposed()) {
                        out.println("Other machines may reach it, and it has no TLS: put a proxy that has TLS in front"
                                + " of it"
                                + " (console.host, console.hosts)");
                    }
                }
                out.flush();
                first = false;
                application.awaitStop();
            }
        } while (again.get());
    }

    private Application start() {
        Settings settings = connection.serve();
        if (settings.isSet(MONITORING_PORT)) {
            Monitoring.settings(settings.get("service.host"), settings.get(MONITORING_PORT))
                    .forEach(settings::set);
        }
        if (console == null) {
            Requirements.flow(settings);
            return Application.serve(settings, parameters, context -> monitor(settings, context));
        }
        return startWithConsole(settings);
    }

    /** Also where nothing is configured yet, or the Clarifai token's secret cannot be read: that is for the page to say. */
    private Application startWithConsole(Settings settings) {
        settings.unset("camel.main.routesExcludePattern");
        boolean secret = !settings.isSet(Requirements.PAT);
        try {
            Requirements.clarifai(settings);
        } catch (InvalidSettingException e) {
            secret = false;
        }
        try {
            return Application.serveUnconnected(settings, parameters, context -> prepare(settings, context));
        } catch (RuntimeException e) {
            if (!secret || !configured.isEmpty()) {
                throw e;
            }
            settings.set(Requirements.PAT, "");
            return Application.serveUnconnected(settings, parameters, context -> prepare(settings, context));
        }
    }

    private void prepare(Settings settings, CamelContext context) {
        monitor(settings, context);
        console.prepare(context);
    }

    private static void monitor(Settings settings, CamelContext context) {
        if (settings.isSet(MONITORING_PORT)) {
            Monitoring.prepare(context);
        }
    }

    /** From a thread of the application that is to end. */
    private void restart() {
        again.set(true);
        new Thread(running.get()::stop, "restart").start();
    }

    private void announce(Schedule schedule) {
        Instant next = schedules.next(schedule);
        out.printf(
                "%s: %s %s, %s%n",
                schedule.name(),
                schedule.flow(),
                schedule.when(),
                next == null ? "paused" : "next at " + TIME.format(next.atZone(ZoneId.systemDefault())));
    }
}
